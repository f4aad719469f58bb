package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.finder.SiteFinder;
import io.sealos.images.internal.scan.ChartHints;
import io.sealos.images.internal.scan.ManifestStream;
import io.sealos.images.internal.sealos.SealosLines;
import io.sealos.images.internal.sealos.SealosName;
import io.sealos.images.internal.sealos.TappedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what a scan finds, in the order in which it is found, nothing twice. */
final class ScanFindings {
    private final Map<ImageOccurrence.Key, ImageOccurrence> occurrences = new LinkedHashMap<>();
    private final Set<ScanProblem> problems = new LinkedHashSet<>();
    private final SealosExtraction sealos = new SealosExtraction();
    private final ScanIgnores ignores;
    private final List<SiteFinder> userFinders;

    ScanFindings(ScanIgnores ignores, List<SiteFinder> userFinders) {
        this.ignores = ignores;
        this.userFinders = userFinders;
    }

    void manifest(String file, InputStream in) throws IOException {
        try (SealosLines lines = sealos.manifest(file)) {
            new ManifestStream(
                            userFinders, it -> add(it, file, "", ""), (line, message) -> problem(file, line, message))
                    .scan(new TappedInput(in, lines));
        }
    }

    void chart(String file, RenderedChart chart) throws IOException {
        chart.failure().ifPresent(reason -> problem(file, 0, "the chart does not render: " + reason));
        chart.notices().forEach(notice -> problem(file, 0, notice));
        for (RenderedDocument document : chart.documents()) {
            template(file, chart.name(), document);
        }
    }

    /** What the chart says of images beyond that. */
    void chartHints(String file, String chart, Path path) throws IOException {
        ChartHints.scan(path, (source, sighting) -> add(sighting, file, chart, source));
    }

    private void template(String file, String chart, RenderedDocument document) throws IOException {
        String template = document.template();
        new ManifestStream(
                        userFinders,
                        it -> add(it, file, chart, template),
                        (line, message) -> problem(file, line, "what " + template + " renders to " + message))
                .scan(new ByteArrayInputStream(document.text().getBytes(StandardCharsets.UTF_8)));
    }

    void add(Sighting sighting, String file, String chart, String template) {
        add(sighting, file, chart, template, SealosName.of(sighting.reference()));
    }

    /** A line of a shim list, which sealos leaves as it is written. */
    void listed(Sighting sighting, String file, String written) {
        add(sighting, file, "", "", written);
    }

    private void add(Sighting sighting, String file, String chart, String template, String sealosName) {
        String ignoredBy = ignores.ruleFor(sighting.reference(), sealosName).orElse("");
        ImageOccurrence occurrence = new ImageOccurrence(sighting, file, chart, template, ignoredBy);
        occurrences.merge(occurrence.key(), occurrence, ScanFindings::surer);
    }

    /** Where two finders see the same, the surer one counts. */
    private static ImageOccurrence surer(ImageOccurrence one, ImageOccurrence other) {
        return one.confidence().compareTo(other.confidence()) <= 0 ? one : other;
    }

    void problem(String file, int line, String message) {
        problems.add(new ScanProblem(file, line, message));
    }

    /** What sealos sees of the same files. */
    SealosExtraction sealos() {
        return sealos;
    }

    ImageInventory inventory(boolean testHooks) {
        return new ImageInventory(this, testHooks);
    }

    List<ImageOccurrence> occurrences() {
        return List.copyOf(occurrences.values());
    }

    List<ScanProblem> problems() {
        return List.copyOf(problems);
    }

    ScanIgnores ignores() {
        return ignores;
    }
}
