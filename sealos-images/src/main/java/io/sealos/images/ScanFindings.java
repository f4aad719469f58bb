package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.finder.SiteFinder;
import io.sealos.images.internal.scan.ChartHints;
import io.sealos.images.internal.scan.ManifestStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what a scan finds, in the order in which it is found, nothing twice. */
final class ScanFindings {
    private record Place(Sighting sighting, String file, String template) {}

    private final Set<Place> seen = new HashSet<>();
    private final List<ImageOccurrence> occurrences = new ArrayList<>();
    private final Set<ScanProblem> problems = new LinkedHashSet<>();
    private final List<SiteFinder> userFinders;

    ScanFindings(List<SiteFinder> userFinders) {
        this.userFinders = userFinders;
    }

    void manifest(String file, InputStream in) throws IOException {
        new ManifestStream(userFinders, it -> add(it, file, "", ""), (line, message) -> problem(file, line, message))
                .scan(in);
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
        if (seen.add(new Place(sighting, file, template))) {
            occurrences.add(new ImageOccurrence(sighting, file, chart, template));
        }
    }

    void problem(String file, int line, String message) {
        problems.add(new ScanProblem(file, line, message));
    }

    ImageInventory inventory(boolean testHooks) {
        return new ImageInventory(occurrences, List.copyOf(problems), testHooks);
    }
}
