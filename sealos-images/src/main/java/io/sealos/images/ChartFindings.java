package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.ManifestStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Unites what the renders of one chart tell; that with its defaults comes first. */
final class ChartFindings {
    private final ScanFindings findings;
    private final RenderPlaces places = new RenderPlaces();
    private Set<ImageReference> ofDefaults = Set.of();

    ChartFindings(ScanFindings findings) {
        this.findings = findings;
    }

    void add(ChartRun run, RenderedChart chart) throws IOException {
        report(run, chart);
        SortedSet<ImageReference> references = new TreeSet<>();
        places.nextRender();
        for (RenderedDocument document : chart.documents()) {
            Source source = new Source(run.file(), chart.name(), document.template(), List.of(run.scenario()));
            document(document, source, references);
        }
        if (run.isDefault()) {
            ofDefaults = references;
        }
        findings.scenario(new RenderedScenario(run, references, ofDefaults));
    }

    private void report(ChartRun run, RenderedChart chart) {
        String with = run.isDefault() ? "" : " with the values of " + run.scenario();
        chart.failure()
                .ifPresent(
                        reason -> findings.problem(run.file(), 0, "the chart does not render" + with + ": " + reason));
        chart.notices().forEach(notice -> findings.problem(run.file(), 0, notice));
    }

    private void document(RenderedDocument document, Source source, Set<ImageReference> references)
            throws IOException {
        String template = source.template();
        Consumer<Sighting> found = it -> {
            references.add(it.reference());
            findings.add(places.common(it, template), source);
        };
        new ManifestStream(
                        found,
                        (line, message) ->
                                findings.problem(source.file(), line, "what " + template + " renders to " + message))
                .scan(new ByteArrayInputStream(document.text().getBytes(StandardCharsets.UTF_8)));
    }
}
