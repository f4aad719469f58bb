package io.sealos.images.internal.context;

import io.sealos.kubefile.SourceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a context directory, in an order that no file system decides; links lead nowhere outside. */
public final class ContextFiles {
    private static final String USUAL_BUILD_FILE = "Kubefile";

    private final Path context;
    private final Path realContext;

    public ContextFiles(Path context) throws IOException {
        this.context = context;
        this.realContext = context.toRealPath();
    }

    /** All regular files below a directory; linked directories are not entered. */
    public List<Path> below(String directory) throws IOException {
        Path start = context.resolve(directory);
        if (!Files.isDirectory(start) || !isInside(start)) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(start, Integer.MAX_VALUE, this::isFile)) {
            return sorted(all);
        }
    }

    /** Below a directory of the context only links can lead outside. */
    private boolean isFile(Path path, BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                || (attributes.isSymbolicLink() && Files.isRegularFile(path) && isInside(path));
    }

    /** The entries of a directory. */
    public List<Path> entries(String directory) throws IOException {
        Path start = context.resolve(directory);
        if (!Files.isDirectory(start) || !isInside(start)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(start)) {
            return sorted(all.filter(this::isInside));
        }
    }

    /** The path without {@code ..} and {@code .} below the context, which itself stays as it was given. */
    public Path plain(Path path) {
        return context.resolve(context.relativize(path).normalize());
    }

    /** The context as it was given. */
    public Path context() {
        return context;
    }

    /** The file or directory that a path inside of the context leads to, links followed. */
    public Path followed(Path path) throws IOException {
        return context.resolve(realContext.relativize(path.toRealPath()));
    }

    /** The name of a file relative to the context, with slashes. */
    public String name(Path file) {
        return context.relativize(file).toString().replace('\\', '/');
    }

    private List<Path> sorted(Stream<Path> paths) {
        return paths.map(it -> Map.entry(name(it), it))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether the path, links followed, is in the context. */
    public boolean isInside(Path path) {
        try {
            return path.toRealPath().startsWith(realContext);
        } catch (IOException e) {
            // A link to nothing is no file.
            return false;
        }
    }

    /**
     * {@return the name of the build file that a text was read from, as occurrences and problems show it}
     *
     * @param range the place of the text; empty, or without a file, if a program made it
     */
    public static String buildFile(Optional<SourceRange> range) {
        return range.flatMap(SourceRange::sourceName)
                .map(it -> String.valueOf(Path.of(it).getFileName()))
                .orElse(USUAL_BUILD_FILE);
    }
}
