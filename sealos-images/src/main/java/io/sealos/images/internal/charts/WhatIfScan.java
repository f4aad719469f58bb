package io.sealos.images.internal.charts;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.ChartValues;
import io.sealos.images.ChartValues.Setting;
import io.sealos.images.ImageReference;
import io.sealos.images.RenderedChart;
import io.sealos.images.RenderedDocument;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.WhatIfLimits;
import io.sealos.images.internal.charts.ChartSwitches.Found;
import io.sealos.images.internal.finder.ManifestProblems;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.ChartOptions;
import io.sealos.images.internal.scan.ManifestStream;
import io.sealos.images.internal.scan.ScanFindings;
import io.sealos.images.internal.scan.SwitchTry;
import io.sealos.images.internal.scan.SwitchTry.Choice;
import io.sealos.images.internal.values.MergedValues;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Tries the switches of charts, each alone, and finds the images that they add to the output. */
final class WhatIfScan {

    private final ChartOptions options;
    private final ChartRenderer renderer;
    private final WhatIfLimits limits;
    private final ScanFindings findings;

    WhatIfScan(ChartOptions options, ChartRenderer renderer, WhatIfLimits limits, ScanFindings findings) {
        this.options = options;
        this.renderer = renderer;
        this.limits = limits;
        this.findings = findings;
    }

    /**
     * A render of a chart without other values.
     *
     * @param run the render, with the namespace in which it succeeded
     * @param rendered its output
     */
    record Base(ChartRun run, RenderedChart rendered) {}

    /** A switch to be tried on top of a base. */
    private record Attempt(Base base, Set<RenderedDocument> output, Choice choice, ChartRenderRequest request) {}

    /**
     * Tries the switches of all charts, one chart after the other.
     *
     * @param runs the renders of the scan
     * @param rendered their output
     * @param best their output, in another namespace if a chart refuses the default one
     */
    void charts(List<ChartRun> runs, List<RenderedChart> rendered, List<RenderedChart> best) throws IOException {
        Map<Path, List<Base>> charts = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            ChartRun run = runs.get(i);
            boolean same = best.get(i).equals(rendered.get(i));
            if (run.installed()) {
                charts.computeIfAbsent(run.chart(), it -> new ArrayList<>())
                        .add(new Base(same ? run : run.inNamespace(OtherNamespace.of(run)), best.get(i)));
            }
        }
        for (Map.Entry<Path, List<Base>> chart : charts.entrySet()) {
            chart(chart.getKey(), chart.getValue().get(0).run().file(), chart.getValue());
        }
    }

    /** Tries the switches of one chart, on top of each render with which it is installed. */
    private void chart(Path chart, String file, List<Base> bases) throws IOException {
        long end = System.nanoTime() + limits.time().toNanos();
        List<Base> usable =
                bases.stream().filter(it -> it.rendered().failure().isEmpty()).toList();
        if (usable.isEmpty()) {
            leaveOut(file + ": no switch was tried, because the chart does not render with the values with which it is"
                    + " installed");
            return;
        }
        ChartSources sources = ChartSources.ofValues(chart);
        sources.leftOut().ifPresent(why -> leaveOut(file + ": some switches were not tried, because " + why));
        List<Attempt> attempts = attempts(file, usable, sources.texts());
        int more = attempts.size() - tryAll(attempts, end);
        leaveOut(file, more, attempts.size(), "the time of " + seconds(limits.time()) + " was over");
    }

    private void leaveOut(String file, int count, int all, String why) {
        if (count > 0) {
            leaveOut(file + ": " + count + " of " + all + " switches were not tried, because " + why);
        }
    }

    private void leaveOut(String sentence) {
        findings.listener().whatIfLeftOut(sentence);
    }

    private List<Attempt> attempts(String file, List<Base> bases, SortedMap<String, String> texts) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        int all = 0;
        for (Base base : bases) {
            ChartSwitches switches =
                    ChartSwitches.of(texts, given(base.run().request().values()));
            if (!switches.isWhole()) {
                leaveOut(file + ": some switches were not tried, because its values or schemas are too large or too"
                        + " deep");
            }
            Set<RenderedDocument> output = Set.copyOf(base.rendered().documents());
            List<Found> found = switches.all();
            all += found.size();
            for (Found it : found.subList(0, Math.min(found.size(), limits.switches() - attempts.size()))) {
                Choice choice = choice(base, file, it);
                attempts.add(new Attempt(base, output, choice, request(base, choice)));
            }
        }
        leaveOut(file, all - attempts.size(), all, "at most " + limits.switches() + " are tried");
        return attempts;
    }

    private static Choice choice(Base base, String file, Found found) {
        String inChart = found.file().substring(found.file().indexOf('/') + 1);
        return new Choice(
                file,
                base.rendered().name(),
                found.key(),
                found.value(),
                found.isText(),
                file + "/" + inChart,
                found.line());
    }

    private static YamlNode given(ChartValues values) throws IOException {
        YamlNode none = YamlNode.mapping(new YamlNode.Place(1, 1));
        try {
            YamlNode merged = YamlTree.parse(MergedValues.of(values).yaml(), 1);
            return merged == null ? none : merged;
        } catch (ValuesException | YamlFormatException e) {
            throw new IllegalStateException("a chart was rendered with values that cannot be read", e);
        }
    }

    private ChartRenderRequest request(Base base, Choice choice) {
        ChartRenderRequest request = base.run().request();
        ChartValues values = request.values().and(ChartValues.of(List.of(choice.setting())));
        return options.request(request.chart(), values)
                .withRelease(request.releaseName(), request.namespace())
                .skipSchema(request.isSchemaSkipped());
    }

    /** {@return the number of switches that were tried before the time was over} */
    private int tryAll(List<Attempt> attempts, long end) throws IOException {
        Duration time = Duration.ofNanos(end - System.nanoTime());
        if (attempts.isEmpty() || time.isNegative() || time.isZero()) {
            return 0;
        }
        Iterator<Attempt> next = attempts.iterator();
        int[] tried = {0};
        renderer.renderWithin(time, attempts.stream().map(Attempt::request).toList(), rendered -> {
            tried[0]++;
            report(next.next(), rendered);
        });
        return tried[0];
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " seconds";
    }

    private void report(Attempt attempt, RenderedChart rendered) {
        Set<ImageReference> images = new TreeSet<>();
        List<String> failures = new ArrayList<>();
        rendered.failure().or(() -> overridden(attempt)).ifPresent(failures::add);
        for (RenderedDocument document : rendered.documents()) {
            if (!attempt.output().contains(document)) {
                scan(document, images, failures);
            }
        }
        String failure = failures.isEmpty() ? "" : failures.get(0);
        findings.listener()
                .whatIf(new SwitchTry(attempt.choice(), attempt.base().run().scenario(), images, failure));
    }

    /** {@return the reason why the values with which the chart is installed override the one that was tried} */
    private static Optional<String> overridden(Attempt attempt) {
        Setting tried = attempt.choice().setting();
        return attempt.base().run().request().values().settings().stream()
                .filter(it -> it.option().compareTo(tried.option()) > 0)
                .filter(it ->
                        ("," + it.argument()).contains("," + attempt.choice().key() + "="))
                .map(it ->
                        "an option with which the chart is installed sets this value, and Helm applies it later than "
                                + tried.option().flag())
                .findFirst();
    }

    private void scan(RenderedDocument document, Set<ImageReference> images, List<String> failures) {
        Consumer<Sighting> found = it -> {
            if (it.confidence().isSaved() && !findings.isIgnored(it) && (options.testHooks() || !it.isTestHook())) {
                images.add(it.reference());
            }
        };
        ManifestProblems unread = (kind, line, message) -> {
            if (kind == Kind.UNREAD) {
                failures.add("what " + document.template() + " renders to " + message);
            }
        };
        try {
            new ManifestStream(findings.userFinders(), found, unread)
                    .scan(new ByteArrayInputStream(document.text().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be read", e);
        }
    }
}
