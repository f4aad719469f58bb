package io.sealos.kubefile.internal.ignore;

import io.sealos.internal.files.UnlinkedFile;
import io.sealos.kubefile.internal.paths.ContextLinks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The ignore file of a build.
 *
 * @param file the file, to which links have been followed
 * @param named the path under which it was looked for
 */
public record IgnoreFile(Path file, Path named) {
    private static final int LARGEST = 1 << 20;
    private static final String DOCKER = ".dockerignore";
    private static final String CONTAINER = ".containerignore";

    /** {@return the first ignore file that exists: that of a build file, else that of the context} */
    public static Optional<IgnoreFile> find(Path context, List<Path> buildFiles) throws IOException {
        for (Path buildFile : buildFiles) {
            for (String ending : List.of(DOCKER, CONTAINER)) {
                Optional<IgnoreFile> found =
                        existing(context, buildFile.resolveSibling(buildFile.getFileName() + ending));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        Optional<IgnoreFile> found = existing(context, context.resolve(CONTAINER));
        return found.isPresent() ? found : existing(context, context.resolve(DOCKER));
    }

    private static Optional<IgnoreFile> existing(Path context, Path named) throws IOException {
        Path file = withoutLinks(context, named);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    named.toString(), null, "is not a regular file; replace it with a file of patterns, or remove it");
        }
        return Optional.of(new IgnoreFile(file, named));
    }

    // A build file outside the context directory was named by the caller, who is allowed to read the files beside it.
    private static Path withoutLinks(Path context, Path named) throws IOException {
        Path root = context.toAbsolutePath().normalize();
        Path absolute = named.toAbsolutePath().normalize();
        if (absolute.startsWith(root)) {
            return ContextLinks.resolve(context, root.relativize(absolute));
        }
        return Files.exists(named) ? named.toRealPath() : named;
    }

    /**
     * {@return the content of the file}
     *
     * @throws IOException if it is larger than 1 MiB or cannot be read
     */
    public String text() throws IOException {
        try (InputStream in = UnlinkedFile.open(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new FileSystemException(
                        named.toString(),
                        null,
                        "is larger than " + LARGEST + " bytes; name directories and use wildcards instead of single"
                                + " files");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
