package io.sealos.images.internal.charts;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartValues;
import io.sealos.images.ChartValues.Setting;
import io.sealos.images.internal.helm.HelmCharts;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import io.sealos.images.internal.scan.ChartOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The renders of a scan: each chart with its default values, with the scenarios of the caller, and with the values of
 * the Kubefile.
 */
final class ChartRuns {
    private final ChartOptions options;
    private final ValuesDirectory directory;
    private final Map<Path, String> charts = new LinkedHashMap<>();
    private final List<InstalledChart> installed = new ArrayList<>();

    ChartRuns(ChartOptions options, ValuesDirectory directory) {
        this.options = options;
        this.directory = directory;
    }

    void add(Path chart, String name) {
        charts.putIfAbsent(chart, name);
    }

    /** Adds a chart that a command installs, even if it is not in the standard directory. */
    void add(InstalledChart chart, String name) {
        add(chart.chart(), name);
        installed.add(chart);
    }

    /**
     * {@return all renders without duplicates} The renders of one chart follow each other, and the one with the default
     * values comes first.
     */
    List<ChartRun> all() throws IOException {
        List<ChartRun> runs = new ArrayList<>();
        for (Map.Entry<Path, String> chart : charts.entrySet()) {
            addRuns(runs, chart.getKey(), chart.getValue());
        }
        return runs;
    }

    private void addRuns(List<ChartRun> runs, Path chart, String file) throws IOException {
        List<InstalledChart> calls =
                installed.stream().filter(it -> it.chart().equals(chart)).toList();
        ChartRun defaults = defaults(chart, file, calls);
        Map<List<Object>, ChartRun> given = new LinkedHashMap<>();
        Stream.of(ofCaller(chart, file), ofCommands(chart, file, calls))
                .flatMap(List::stream)
                .forEach(run -> given.putIfAbsent(key(run), run));
        boolean installed = given.isEmpty() || given.remove(key(defaults)) != null;
        runs.add(installed ? defaults.asInstalled() : defaults);
        runs.addAll(given.values());
    }

    /** {@return the properties that distinguish the renders of one chart} */
    private static List<Object> key(ChartRun run) {
        ChartRenderRequest request = run.request();
        return List.of(request.values(), request.namespace(), request.isSchemaSkipped());
    }

    private ChartRun defaults(Path chart, String file, List<InstalledChart> calls) throws IOException {
        List<Path> values = new ArrayList<>();
        for (Path found : HelmCharts.valuesFiles(chart)) {
            values.add(directory.onDisk(found));
        }
        ChartRenderRequest plain = options.request(chart, ChartValues.files(values));
        boolean skipped = !calls.isEmpty() && calls.stream().allMatch(InstalledChart::schemaSkipped);
        ChartRenderRequest request = calls.stream()
                .findFirst()
                .map(call -> plain.withRelease(call.release(), call.namespace()).skipSchema(skipped))
                .orElse(plain);
        return new ChartRun(ChartRun.DEFAULTS, file, request, false, !calls.isEmpty());
    }

    private List<ChartRun> ofCaller(Path chart, String file) throws IOException {
        String name = HelmCharts.name(chart);
        return options.scenarios().stream()
                .filter(scenario -> scenario.chart().orElse(name).equals(name))
                .map(scenario ->
                        new ChartRun(scenario.name(), file, options.request(chart, scenario.values()), true, false))
                .toList();
    }

    private List<ChartRun> ofCommands(Path chart, String file, List<InstalledChart> calls) throws IOException {
        Set<String> names = new HashSet<>();
        List<ChartRun> runs = new ArrayList<>();
        for (InstalledChart call : calls) {
            ChartRenderRequest request = options.request(chart, values(call))
                    .withRelease(call.release(), call.namespace())
                    .skipSchema(call.schemaSkipped());
            runs.add(new ChartRun(name(call, names), file, request, true, true));
        }
        return runs;
    }

    private ChartValues values(InstalledChart call) throws IOException {
        List<Setting> settings = new ArrayList<>();
        for (GivenValue value : call.values()) {
            settings.add(new Setting(value.option(), directory.argument(value)));
        }
        return ChartValues.of(settings);
    }

    private static String name(InstalledChart call, Set<String> names) {
        String place = " (" + call.file() + (call.line() > 0 ? ":" + call.line() : "");
        String start = (call.isDeployed() ? "" : "helm ") + call.command() + " " + call.release() + place;
        String name = start + ")";
        for (int i = 2; !names.add(name); i++) {
            name = start + ", variant " + i + ")";
        }
        return name;
    }
}
