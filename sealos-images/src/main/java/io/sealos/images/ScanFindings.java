package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.ManifestStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects what a scan finds, in the order in which it is found, nothing twice. */
final class ScanFindings {
    private final Map<String, List<Found>> found = new LinkedHashMap<>();
    private final List<Found> order = new ArrayList<>();
    private final List<RenderedScenario> scenarios = new ArrayList<>();
    private final Set<ScanProblem> problems = new LinkedHashSet<>();

    /** A sighting with the scenarios that have it; those differ in lines only where a template has more in one. */
    private record Found(Sighting sighting, String file, String chart, String template, Set<String> scenarios) {
        ImageOccurrence occurrence() {
            return new ImageOccurrence(sighting, file, chart, template, List.copyOf(scenarios));
        }
    }

    void manifest(String file, InputStream in) throws IOException {
        new ManifestStream(it -> add(it, file, "", "", ""), (line, message) -> problem(file, line, message)).scan(in);
    }

    void chart(ChartRun run, RenderedChart chart) throws IOException {
        String with = run.isDefault() ? "" : " with the values of " + run.scenario();
        chart.failure().ifPresent(reason -> problem(run.file(), 0, "the chart does not render" + with + ": " + reason));
        chart.notices().forEach(notice -> problem(run.file(), 0, notice));
        for (RenderedDocument document : chart.documents()) {
            template(run, chart.name(), document);
        }
        scenarios.add(scenario(run));
    }

    private void template(ChartRun run, String chart, RenderedDocument document) throws IOException {
        String template = document.template();
        new ManifestStream(
                        it -> add(it, run.file(), chart, template, run.scenario()),
                        (line, message) -> problem(run.file(), line, "what " + template + " renders to " + message))
                .scan(new ByteArrayInputStream(document.text().getBytes(StandardCharsets.UTF_8)));
    }

    private RenderedScenario scenario(ChartRun run) {
        List<Found> here = order.stream()
                .filter(it -> it.file().equals(run.file()) && it.scenarios().contains(run.scenario()))
                .toList();
        Set<ImageReference> references = new TreeSet<>();
        Set<ImageReference> added = new TreeSet<>();
        here.forEach(it -> references.add(it.sighting().reference()));
        added.addAll(references);
        order.stream()
                .filter(it -> it.file().equals(run.file()) && it.scenarios().contains(ChartRun.DEFAULTS))
                .forEach(it -> added.remove(it.sighting().reference()));
        return new RenderedScenario(run.scenario(), run.file(), List.copyOf(references), List.copyOf(added));
    }

    void add(Sighting sighting, String file, String chart, String template, String scenario) {
        List<Found> alike = found.computeIfAbsent(key(sighting, file, template), it -> new ArrayList<>());
        for (Found one : alike) {
            boolean here = one.scenarios().contains(scenario) || scenario.isEmpty();
            if (here
                    ? one.sighting().line() == sighting.line()
                    : one.scenarios().add(scenario)) {
                return;
            }
        }
        Set<String> scenarios = new LinkedHashSet<>(scenario.isEmpty() ? List.of() : List.of(scenario));
        Found first = new Found(sighting, file, chart, template, scenarios);
        alike.add(first);
        order.add(first);
    }

    private static String key(Sighting sighting, String file, String template) {
        return String.join(
                "\n",
                sighting.reference().toString(),
                sighting.confidence().name(),
                sighting.finder(),
                sighting.path(),
                sighting.hook(),
                file,
                template);
    }

    void problem(String file, int line, String message) {
        problems.add(new ScanProblem(file, line, message));
    }

    ImageInventory inventory(boolean testHooks) {
        List<ImageOccurrence> occurrences =
                order.stream().map(Found::occurrence).toList();
        return new ImageInventory(occurrences, List.copyOf(problems), scenarios, testHooks);
    }
}
