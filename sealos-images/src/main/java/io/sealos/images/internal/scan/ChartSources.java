package io.sealos.images.internal.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The texts of a chart and its dependencies, packed or not, that tell of images beyond what its templates render to: by
 * their path from the chart's folder on. What is beyond the limits is left out; rendering reports such a chart.
 */
final class ChartSources {
    private static final Pattern TOLD = Pattern.compile("(.*/)?(Chart\\.yaml|Images\\.lock|[^/]*values[^/]*\\.ya?ml"
            + "|templates/(?!.*NOTES\\.txt$).*\\.(ya?ml|tpl|txt|json))|[^/]+/README\\.md");
    private static final Pattern NOT_TOLD = Pattern.compile("(.*/)?(crds|ci|tests?)/.*");
    private static final Pattern DEPENDENCY = Pattern.compile("(.*/)?charts/[^/]+\\.(tgz|tar\\.gz)");
    private static final int MAX_FILE = 4 * 1024 * 1024;
    private static final int MAX_TEXT = 32 * 1024 * 1024;
    private static final int MAX_ENTRIES = 50_000;
    private static final int MAX_DEPTH = 4;

    private final SortedMap<String, String> texts = new TreeMap<>();
    private int entries;
    private int characters;

    private ChartSources() {}

    static SortedMap<String, String> of(Path chart) throws IOException {
        ChartSources sources = new ChartSources();
        if (Files.isDirectory(chart)) {
            sources.folder(chart);
        } else {
            try (InputStream file = new BufferedInputStream(Files.newInputStream(chart))) {
                sources.archive("", file, 0);
            }
        }
        return Collections.unmodifiableSortedMap(sources.texts);
    }

    private void folder(Path chart) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(chart)) {
            files = all.filter(Files::isRegularFile).sorted().limit(MAX_ENTRIES).toList();
        }
        for (Path file : files) {
            String name = chart.getFileName() + "/"
                    + chart.relativize(file).toString().replace('\\', '/');
            if (!Files.isSymbolicLink(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    file(name, in, 0);
                }
            }
        }
    }

    private void file(String name, InputStream in, int depth) throws IOException {
        if (DEPENDENCY.matcher(name).matches()) {
            archive(name.substring(0, name.lastIndexOf('/') + 1), in, depth + 1);
        } else if (TOLD.matcher(name).matches() && !NOT_TOLD.matcher(name).matches()) {
            String text = new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8);
            characters += text.length();
            if (characters <= MAX_TEXT) {
                texts.put(name, text);
            }
        }
    }

    private void archive(String folder, InputStream in, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in));
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && ++entries < MAX_ENTRIES && characters < MAX_TEXT) {
                if (entry.isFile()) {
                    file(folder + entry.getName(), tar, depth);
                }
                entry = tar.getNextEntry();
            }
        } catch (IOException e) {
            // Rendering the chart reports the broken archive.
            return;
        }
    }
}
