package io.sealos.images.internal.helm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies a chart so that the copy can be changed. It has the files that Helm would read, with unpacked dependencies,
 * and no links that lead outside.
 */
final class ChartCopy {
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tgz|tar\\.gz)");

    private final CopyBudget budget;

    private ChartCopy(long maxBytes) {
        this.budget = new CopyBudget(maxBytes);
    }

    static void copy(Path chart, Path target, long maxBytes) throws IOException {
        ChartCopy copy = new ChartCopy(maxBytes);
        Files.createDirectories(target);
        if (Files.isDirectory(chart)) {
            copy.copyDirectory(chart, target);
        } else {
            ChartArchive.unpack(chart, target, copy.budget);
        }
        copy.unpackDependencies(target, 0);
    }

    private void copyDirectory(Path chart, Path target) throws IOException {
        for (Path file : ChartFiles.of(chart)) {
            budget.countEntry();
            try (InputStream in = Files.newInputStream(file)) {
                // The chart may be in a file system with another separator.
                String name = chart.relativize(file).toString();
                budget.copy(
                        in, target.resolve(name.replace(chart.getFileSystem().getSeparator(), "/")));
            }
        }
    }

    private void unpackDependencies(Path chart, int depth) throws IOException {
        if (depth > 10) {
            throw new ChartFormatException("the chart's dependencies are nested deeper than 10 levels");
        }
        for (Path entry : dependencies(chart)) {
            Path directory = entry;
            if (!Files.isDirectory(entry)) {
                directory = entry.resolveSibling(entry.getFileName() + ".unpacked");
                ChartArchive.unpack(entry, directory, budget);
                Files.delete(entry);
            }
            unpackDependencies(directory, depth + 1);
        }
    }

    /** {@return the directories and archives in {@code charts/} that Helm treats as charts} */
    static List<Path> dependencies(Path chart) throws IOException {
        Path charts = chart.resolve("charts");
        if (!Files.isDirectory(charts)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(charts)) {
            return entries.filter(ChartCopy::isDependency).sorted().toList();
        }
    }

    private static boolean isDependency(Path entry) {
        String name = String.valueOf(entry.getFileName());
        boolean hidden = name.startsWith(".") || name.startsWith("_");
        return !hidden && (Files.isDirectory(entry) || ARCHIVE.matcher(name).matches());
    }
}
