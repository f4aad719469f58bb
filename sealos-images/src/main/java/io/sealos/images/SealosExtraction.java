package io.sealos.images;

import io.sealos.images.internal.sealos.SealosLine;
import io.sealos.images.internal.sealos.SealosLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Collects, beside a scan and from the same bytes, what sealos would extract, each image where it is seen first. */
final class SealosExtraction {
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|tmpl)", Pattern.DOTALL);
    private static final List<String> OTHER_SOURCES = List.of("containers-storage:", "docker-daemon:");

    /** An image as sealos lists it, with the line that it took it from. */
    record Found(String file, SealosLine line) {}

    private final Map<String, Found> images = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    /** What looks over the shoulder of whoever reads a manifest; sealos knows no JSON. */
    SealosLines manifest(String file) {
        boolean read = MANIFEST.matcher(file.toLowerCase(Locale.ROOT)).matches();
        return read ? manifestLines(file) : new SealosLines((line, number) -> Optional.empty(), line -> {});
    }

    /** An entry of {@code charts/}: sealos takes every folder for a chart. */
    void chartEntry(Path entry, String file) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !Files.exists(entry.resolve("Chart.yaml"))) {
            failures.add(file + ": the folder has no Chart.yaml");
        }
    }

    /** What a chart renders to with its own values; sealos leaves out linked folders and {@code .tar.gz}. */
    void chart(Path entry, String file, RenderedChart chart) {
        if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !file.endsWith("tgz")) {
            return;
        }
        chart.failure().ifPresent(reason -> failures.add(file + ": the chart does not render: " + reason));
        for (RenderedDocument document : chart.documents()) {
            byte[] text = document.text().getBytes(StandardCharsets.UTF_8);
            try (SealosLines lines = manifestLines(file + " " + document.template())) {
                lines.write(text, 0, text.length);
            }
        }
    }

    /** A line of a shim list that is no reference; from where else sealos can copy, it says in front. */
    void badLine(String file, SealosLine line) {
        if (OTHER_SOURCES.stream().noneMatch(line.written()::startsWith)) {
            failures.add(file + ":" + line.number() + ": '" + line.written() + "' is no image reference");
        }
    }

    void add(String file, SealosLine line) {
        images.putIfAbsent(line.image(), new Found(file, line));
    }

    private SealosLines manifestLines(String file) {
        return new SealosLines(SealosLine.MARK, SealosLine::ofManifest, line -> add(file, line));
    }

    /** All that was found, in the order of sealos. */
    Map<String, Found> images() {
        return images;
    }

    /** What makes the build of sealos stop. */
    List<String> failures() {
        return failures;
    }
}
