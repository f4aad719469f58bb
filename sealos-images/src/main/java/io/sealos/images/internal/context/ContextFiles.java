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

/**
 * The files of a context directory, in an order that does not depend on the file system. Links that lead out of the
 * directory are not followed.
 */
public final class ContextFiles {
    private static final String USUAL_BUILD_FILE = "Kubefile";

    private final Path context;
    private final Path realContext;

    public ContextFiles(Path context) throws IOException {
        this.context = context;
        this.realContext = context.toRealPath();
    }

    /** {@return all regular files below a directory; linked directories are not entered} */
    public List<Path> below(String directory) throws IOException {
        Path start = context.resolve(directory);
        if (!Files.isDirectory(start) || !isInside(start)) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(start, Integer.MAX_VALUE, this::isFile)) {
            return sorted(all);
        }
    }

    /**
     * {@return whether the path is a file within the context directory} Only links are checked, because only they can
     * lead outside.
     */
    private boolean isFile(Path path, BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                || (attributes.isSymbolicLink() && Files.isRegularFile(path) && isInside(path));
    }

    /** {@return the entries of a directory} */
    public List<Path> entries(String directory) throws IOException {
        Path start = context.resolve(directory);
        if (!Files.isDirectory(start) || !isInside(start)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(start)) {
            return sorted(all.filter(this::isInside));
        }
    }

    /**
     * {@return the path without {@code ..} and {@code .} below the context directory, the path of which is not changed}
     */
    public Path plain(Path path) {
        return context.resolve(context.relativize(path).normalize());
    }

    /** {@return the context directory as given by the caller} */
    public Path context() {
        return context;
    }

    /** {@return the file or directory to which a path inside the context directory leads when links are followed} */
    public Path followed(Path path) throws IOException {
        return context.resolve(realContext.relativize(path.toRealPath()));
    }

    /** {@return the path of a file relative to the context directory, with slashes} */
    public String name(Path file) {
        return context.relativize(file).toString().replace('\\', '/');
    }

    private List<Path> sorted(Stream<Path> paths) {
        return paths.map(it -> Map.entry(name(it), it))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** {@return whether the path is in the context directory when links are followed} */
    public boolean isInside(Path path) {
        try {
            return path.toRealPath().startsWith(realContext);
        } catch (IOException e) {
            // A link whose target does not exist is not a file.
            return false;
        }
    }

    /**
     * {@return the name of the build file that contains a text, as occurrences and problems show it}
     *
     * @param range the place of the text; empty, or without a file, if a program created the text
     */
    public static String buildFile(Optional<SourceRange> range) {
        return range.flatMap(SourceRange::sourceName)
                .map(it -> it.substring(Math.max(it.lastIndexOf('/'), it.lastIndexOf('\\')) + 1))
                .orElse(USUAL_BUILD_FILE);
    }
}
