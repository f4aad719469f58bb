package io.sealos.images.internal.charts;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.install.InstallReader.Found;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.scan.ChartOptions;
import io.sealos.images.internal.scan.ScanFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Renders the charts of a scan with their values, and finds the images of the output. */
public final class ChartScan {
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tgz|tar\\.gz)");

    private final ChartOptions options;
    private final ScanFindings findings;
    /** The charts that sealos renders as well. */
    private final Set<Path> standard = new HashSet<>();

    public ChartScan(ChartOptions options, ScanFindings findings) {
        this.options = options;
        this.findings = findings;
    }

    /**
     * Scans the charts of the standard directory, those that the commands of the Kubefile install, and those that
     * controllers install from objects.
     */
    public void context(ContextFiles files, Found installed) throws IOException {
        try (ValuesDirectory directory = new ValuesDirectory()) {
            ChartRuns runs = new ChartRuns(options, directory);
            addEntries(files, runs);
            addInstalled(installed.charts(), files, runs);
            installed.problems().forEach(it -> findings.problem(it.kind(), it.file(), it.line(), it.message()));
            installed.needs().forEach(findings.listener()::need);
            requireCacheOutside(files, runs);
            render(runs.all());
        }
    }

    /**
     * Scans charts that controllers install from objects.
     *
     * @param deployed charts that were not among those of the context
     */
    public void deployed(ContextFiles files, Collection<InstalledChart> deployed) throws IOException {
        try (ValuesDirectory directory = new ValuesDirectory()) {
            ChartRuns runs = new ChartRuns(options, directory);
            addInstalled(deployed, files, runs);
            requireCacheOutside(files, runs);
            render(runs.all());
        }
    }

    private static void requireCacheOutside(ContextFiles files, ChartRuns runs) throws IOException {
        if (!runs.all().isEmpty()) {
            ChartOptions.requireCacheOutside(files.context());
        }
    }

    /** Scans a single chart. */
    public void chart(Path chart) throws IOException {
        try (ValuesDirectory directory = new ValuesDirectory()) {
            ChartRuns runs = new ChartRuns(options, directory);
            runs.add(chart, String.valueOf(chart.getFileName()));
            standard.add(chart);
            render(runs.all());
        }
    }

    private void addEntries(ContextFiles files, ChartRuns runs) throws IOException {
        for (Path entry : files.entries(StandardDirectory.CHARTS)) {
            String name = files.name(entry);
            if (!findings.ignores().leavesOut(name)) {
                addEntry(entry, name, runs);
            }
        }
    }

    private void addEntry(Path entry, String name, ChartRuns runs) {
        findings.sealos().chartEntry(entry, name);
        if (isChart(entry)) {
            runs.add(entry, name);
            standard.add(entry);
        } else if (Files.isDirectory(entry.resolve("templates"))) {
            findings.problem(name, 0, "the directory has templates but no Chart.yaml, so it is not a chart");
        }
    }

    private static boolean isChart(Path entry) {
        return Files.isDirectory(entry)
                ? Files.isRegularFile(entry.resolve("Chart.yaml"))
                : ARCHIVE.matcher(entry.toString()).matches();
    }

    private void addInstalled(Collection<InstalledChart> installed, ContextFiles files, ChartRuns runs) {
        installed.stream()
                .filter(it -> !findings.ignores().leavesOut(files.name(it.chart())))
                .forEach(it -> runs.add(it, files.name(it.chart())));
    }

    private void render(List<ChartRun> runs) throws IOException {
        if (options.whatIf().isPresent()) {
            findings.listener().whatIfAsked();
        }
        List<ChartRenderRequest> requests = runs.stream().map(ChartRun::request).toList();
        scan(runs, requests.isEmpty() ? List.of() : options.renderer().renderAll(requests), options.renderer());
    }

    private void scan(List<ChartRun> runs, List<RenderedChart> rendered, ChartRenderer engine) throws IOException {
        List<RenderedChart> best = OtherNamespace.render(engine, runs, rendered);
        Map<Path, ChartFindings> charts = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            ChartRun run = runs.get(i);
            ChartFindings chart = charts.computeIfAbsent(run.chart(), it -> new ChartFindings(findings));
            if (!best.get(i).equals(rendered.get(i)) && !run.commanded()) {
                chart.reportNamespace(run, rendered.get(i));
            } else {
                chart.report(run, rendered.get(i), isRenderedAsInstalled(run.chart(), runs, rendered, best));
            }
            chart.add(run, best.get(i));
            if (run.isDefault() && standard.contains(run.chart())) {
                findings.sealos().chart(run.chart(), run.file(), rendered.get(i));
            }
        }
        if (options.whatIf().isPresent()) {
            WhatIfScan whatIf = new WhatIfScan(options, engine, options.whatIf().get(), findings);
            whatIf.charts(runs, rendered, best);
        }
    }

    /** {@return whether a chart can be rendered in one of the ways in which it will be installed} */
    private static boolean isRenderedAsInstalled(
            Path chart, List<ChartRun> runs, List<RenderedChart> rendered, List<RenderedChart> best) {
        return IntStream.range(0, runs.size())
                .filter(i -> runs.get(i).chart().equals(chart) && runs.get(i).installed())
                .anyMatch(i -> (runs.get(i).commanded() ? rendered : best)
                        .get(i)
                        .failure()
                        .isEmpty());
    }
}
