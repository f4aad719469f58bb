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
import io.sealos.images.internal.scan.SourcePlaces;
import io.sealos.internal.text.Printable;
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
    void report(ChartRun run, RenderedChart chart, boolean otherwise) throws IOException {
        String with = run.isDefault() ? "" : " with the values of " + run.scenario();
        Kind refused = otherwise ? Kind.VALUES_REFUSED : Kind.NOT_RENDERED;
        Optional<String> failure = chart.failure()
                .filter(reason -> run.installed())
                .map(reason -> "the chart does not render" + with + ": " + reason);
        if (failure.isPresent() && chart.isEngineMissing()) {
            findings.problem(Kind.NO_ENGINE, run.file(), 0, failure.get());
        } else if (failure.isPresent()) {
            findings.problem(refused, run.file(), 0, failure.get(), fix(run));
        }
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
                        findings.finders(SourcePlaces.in(source)),
                        found,
                        (kind, line, message) ->
                                findings.problem(kind, source.file(), 0, renderedPlace(template, line) + " " + message))
                .reportingTo(findings.objects(source.file(), line -> 0, true))
                .scan(new ByteArrayInputStream(document.text().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * {@return the fix for a chart that does not render} A file of values beside the chart counts only where no command
     * installs the chart, because a command gives Helm its own values.
     */
    private static String fix(ChartRun run) throws IOException {
        String name = HelmCharts.name(run.chart());
        String directory = run.file().substring(0, run.file().lastIndexOf('/') + 1);
        String fix = "correct it";
        if (run.commanded()) {
            fix = "give it the values that it wants in the command that installs it, with -f or --set";
        } else if (!run.isDefault()) {
            fix = "correct the values of the scenario";
        } else if (!name.isEmpty() && name.indexOf('/') < 0) {
            fix = "give it the values that it wants in " + directory + Printable.of(name) + ".values.yaml";
        }
        return fix + ", or list its images in a file of images/shim";
    }

    /** {@return the place in the output of a template, whose lines are not those of a file} */
    private static String renderedPlace(String template, int line) {
        return "what " + template + " renders to" + (line > 0 ? " (line " + line + ")" : "");
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
