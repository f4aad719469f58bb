package io.sealos.images.internal.charts;

import io.sealos.images.ImageReference;
import io.sealos.images.RenderedChart;
import io.sealos.images.RenderedDocument;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.helm.HelmCharts;
import io.sealos.images.internal.scan.ManifestStream;
import io.sealos.images.internal.scan.ScanFindings;
import io.sealos.images.internal.scan.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Merges the images of all renders of one chart. The render with the default values comes first. */
final class ChartFindings {
    private final ScanFindings findings;
    private final RenderPlaces places = new RenderPlaces();
    private Set<ImageReference> ofDefaults = Set.of();

    ChartFindings(ScanFindings findings) {
        this.findings = findings;
    }

    void add(ChartRun run, RenderedChart chart) throws IOException {
        Map<String, Set<ImageReference>> byTemplate = new HashMap<>();
        places.nextRender();
        for (RenderedDocument document : chart.documents()) {
            Source source = Source.ofChart(run.file(), chart.name(), document.template(), List.of(run.scenario()));
            document(document, source, byTemplate.computeIfAbsent(document.template(), it -> new HashSet<>()));
        }
        NavigableSet<ImageReference> references = new TreeSet<>();
        byTemplate.values().forEach(references::addAll);
        if (run.isDefault()) {
            ofDefaults = references;
            hints(run, chart, byTemplate);
        }
        findings.listener().scenario(run.scenario(), run.file(), references, ofDefaults);
    }

    /** Adds the images that the chart names but does not render. A chart that cannot be rendered has only these. */
    private void hints(ChartRun run, RenderedChart chart, Map<String, Set<ImageReference>> byTemplate)
            throws IOException {
        String name = HelmCharts.name(run.chart());
        Optional<String> leftOut = ChartHints.scan(run.chart(), (text, hint) -> {
            if (!byTemplate.getOrDefault(text, Set.of()).contains(hint.reference())) {
                findings.add(hint, Source.ofChart(run.file(), name, text, List.of()));
            }
        });
        // For a chart that cannot be rendered, this has been reported as a problem already.
        leftOut.filter(it -> chart.failure().isEmpty())
                .ifPresent(why -> findings.problem(
                        Kind.READ_IN_PART, run.file(), 0, "the chart's values and texts were read in part: " + why));
    }

    /**
     * Reports a render that failed or differs from the request.
     *
     * @param otherwise whether the chart can be rendered in one of the ways in which it will be installed
     */
    void report(ChartRun run, RenderedChart chart, boolean otherwise) {
        String with = run.isDefault() ? "" : " with the values of " + run.scenario();
        Kind refused = otherwise ? Kind.VALUES_REFUSED : Kind.NOT_RENDERED;
        Kind kind = chart.isEngineMissing() ? Kind.NO_ENGINE : refused;
        chart.failure()
                .filter(reason -> run.installed())
                .ifPresent(reason ->
                        findings.problem(kind, run.file(), 0, "the chart does not render" + with + ": " + reason));
        chart.addresses().forEach(it -> findings.problem(Kind.NEEDS_NETWORK, run.file(), 0, it));
        chart.notices().forEach(notice -> findings.problem(Kind.OTHER_KUBERNETES, run.file(), 0, notice));
    }

    /**
     * Reports a chart that refuses the default namespace, which no command has set, and was rendered in another one.
     */
    void reportNamespace(ChartRun run, RenderedChart refusal) throws IOException {
        String message =
                "the chart does not render in the namespace " + run.request().namespace()
                        + ", and was rendered in " + OtherNamespace.of(run) + ": "
                        + refusal.failure().orElse("");
        String fix = "install it by a command of the Kubefile with --namespace";
        findings.problem(Kind.ASSUMED, run.file(), 0, message, fix);
    }

    private void document(RenderedDocument document, Source source, Set<ImageReference> references) throws IOException {
        String template = source.template();
        Consumer<Sighting> found = it -> {
            references.add(it.reference());
            findings.add(places.common(it, template), source);
        };
        new ManifestStream(
                        findings.userFinders(),
                        found,
                        (kind, line, message) -> findings.problem(
                                kind, source.file(), line, "what " + template + " renders to " + message))
                .withObjects(it -> findings.objects().add(it, source.file(), line -> 0, true))
                .scan(new ByteArrayInputStream(document.text().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Assigns the line of the first render to an image that occurs in several renders, because lines differ with the
     * values.
     */
    private static final class RenderPlaces {
        private record Turn(ImageReference reference, String template, String path, String finder, int number) {
            Turn numbered(int value) {
                return new Turn(reference, template, path, finder, value);
            }
        }

        private final Map<Turn, Sighting> first = new HashMap<>();
        private final Map<Turn, Integer> counts = new HashMap<>();

        void nextRender() {
            counts.clear();
        }

        Sighting common(Sighting sighting, String template) {
            Turn alike = new Turn(sighting.reference(), template, sighting.path(), sighting.finder(), 0);
            Sighting common = first.putIfAbsent(alike.numbered(counts.merge(alike, 1, Integer::sum)), sighting);
            return common == null ? sighting : sighting.at(common.line(), common.column());
        }
    }
}
