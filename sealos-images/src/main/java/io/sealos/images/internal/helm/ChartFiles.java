package io.sealos.images.internal.helm;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Visits the files of the directory of a chart that Helm reads. Links are followed as by Helm, but only to files within
 * the chart.
 */
final class ChartFiles extends SimpleFileVisitor<Path> {
    private static final int MAX_DEPTH = 64;

    private final Path chart;
    private final Path realChart;
    private final HelmIgnore ignore;
    private final List<Path> files = new ArrayList<>();

    private ChartFiles(Path chart) throws IOException {
        this.chart = chart;
        this.realChart = chart.toRealPath();
        this.ignore = HelmIgnore.of(chart);
    }

    static List<Path> of(Path chart) throws IOException {
        ChartFiles visitor = new ChartFiles(chart);
        Files.walkFileTree(chart, Set.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, visitor);
        visitor.files.removeIf(file -> file.endsWith(HelmIgnore.FILE));
        return visitor.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (!directory.equals(chart) && ignore.ignores(chart.relativize(directory), true)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        checkInside(directory);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() && !ignore.ignores(chart.relativize(file), false)) {
            if (Files.isSymbolicLink(file)) {
                checkInside(file);
            }
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof FileSystemLoopException) {
            throw new ChartFormatException("the link " + chart.relativize(file) + " leads in a circle");
        }
        throw failure;
    }

    private void checkInside(Path path) throws IOException {
        if (!path.toRealPath().startsWith(realChart)) {
            throw new ChartFormatException("the link " + chart.relativize(path) + " leads out of the chart");
        }
    }
}
