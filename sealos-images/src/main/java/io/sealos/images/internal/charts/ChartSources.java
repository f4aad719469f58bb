package io.sealos.images.internal.charts;

import io.sealos.images.ChartLimits;
import io.sealos.images.internal.helm.ChartFormatException;
import io.sealos.images.internal.helm.CopyBudget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The texts of a chart and its dependencies, packed or not, that may name images beyond the rendered output. They are
 * listed by their path relative to the directory of the chart, within the limits that apply to rendering.
 */
final class ChartSources {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".tpl", ".txt", ".json");
    private static final List<String> NOT_TOLD = List.of("/crds/", "/ci/", "/test/", "/tests/");
    private static final Set<String> VALUES =
            Set.of("Chart.yaml", "requirements.yaml", "values.yaml", "values.schema.json");
    private static final int MAX_FILE = 4 * 1024 * 1024;
    private static final int MAX_TEXT = 32 * 1024 * 1024;
    private static final int MAX_DEPTH = 4;

    private final CopyBudget budget = new CopyBudget(ChartLimits.defaults().chartSize());
    private final SortedMap<String, String> texts = new TreeMap<>();
    private final Predicate<String> wanted;
    private int characters;
    private String leftOut = "";

    private ChartSources(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    static ChartSources of(Path chart) throws IOException {
        return of(chart, ChartSources::isTold);
    }

    /** {@return only the texts that describe the values} */
    static ChartSources ofValues(Path chart) throws IOException {
        return of(chart, ChartSources::describesValues);
    }

    private static ChartSources of(Path chart, Predicate<String> wanted) throws IOException {
        ChartSources sources = new ChartSources(wanted);
        if (Files.isDirectory(chart)) {
            sources.wholeDirectory(chart);
        } else {
            try (InputStream file = new BufferedInputStream(Files.newInputStream(chart))) {
                sources.archive("", file, 0);
            }
        }
        return sources;
    }

    SortedMap<String, String> texts() {
        return Collections.unmodifiableSortedMap(texts);
    }

    /** {@return the reason why texts are missing; empty if none are} */
    Optional<String> leftOut() {
        return Optional.of(leftOut).filter(it -> !it.isEmpty());
    }

    private void wholeDirectory(Path chart) throws IOException {
        try {
            directory(chart);
        } catch (ChartFormatException e) {
            leftOut = String.valueOf(e.getMessage());
        }
    }

    private void directory(Path chart) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(chart)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            budget.countEntry();
            String name = chart.getFileName() + "/"
                    + chart.relativize(file).toString().replace('\\', '/');
            if (!Files.isSymbolicLink(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    file(name, in, 0);
                }
            }
        }
    }

    private static boolean isDependency(String name) {
        int directory = name.lastIndexOf('/');
        return ("/" + name.substring(0, Math.max(0, directory))).endsWith("/charts")
                && (name.endsWith(".tgz") || name.endsWith(".tar.gz"));
    }

    /** {@return whether a file may name images, unlike notes, resource definitions and tests} */
    private static boolean isTold(String name) {
        String path = "/" + name;
        String file = path.substring(path.lastIndexOf('/') + 1);
        boolean template = path.contains("/templates/") && ENDINGS.stream().anyMatch(file::endsWith);
        boolean values = file.contains("values") && (file.endsWith(".yaml") || file.endsWith(".yml"));
        boolean readme =
                file.equals("README.md") && name.indexOf('/') == name.lastIndexOf('/') && name.indexOf('/') > 0;
        boolean named = file.equals("Chart.yaml") || file.equals("Images.lock") || values || readme;
        return (named || template)
                && !(path.contains("/templates/") && file.endsWith("NOTES.txt"))
                && NOT_TOLD.stream().noneMatch(path::contains);
    }

    private static boolean describesValues(String name) {
        String path = "/" + name;
        return VALUES.contains(path.substring(path.lastIndexOf('/') + 1)) && !path.contains("/templates/");
    }

    private void file(String name, InputStream in, int depth) throws IOException {
        if (isDependency(name)) {
            archive(name.substring(0, name.lastIndexOf('/') + 1), in, depth + 1);
        } else if (wanted.test(name)) {
            String text = new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8);
            characters += text.length();
            if (characters > MAX_TEXT) {
                throw new ChartFormatException("its texts have more than " + MAX_TEXT + " characters");
            }
            texts.put(name, text);
        }
    }

    private void archive(String directory, InputStream in, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            leftOut = "its dependencies are nested deeper than " + MAX_DEPTH + " levels";
            return;
        }
        try {
            entries(directory, new TarArchiveInputStream(budget.counting(new GZIPInputStream(in))), depth);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (ChartFormatException e) {
            leftOut = String.valueOf(e.getMessage());
        } catch (IOException e) {
            // The rendering of the chart reports the broken archive.
            return;
        }
    }

    private void entries(String directory, TarArchiveInputStream tar, int depth) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            budget.countEntry();
            if (entry.isFile()) {
                file(directory + entry.getName(), tar, depth);
            }
        }
    }
}
