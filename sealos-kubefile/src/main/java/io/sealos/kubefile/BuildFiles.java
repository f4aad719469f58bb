package io.sealos.kubefile;

import io.sealos.internal.overlay.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the build files of a context directory. Like sealos, it finds all of them, not only the first. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BuildFiles {
    /** The names of build files, in the order in which sealos joins them. */
    public static final List<String> NAMES = List.of("Sealfile", "Kubefile", "Dockerfile", "Containerfile");

    private BuildFiles() {}

    /**
     * {@return the files of a context directory that are named Sealfile, Kubefile, Dockerfile or Containerfile, in this
     * order} Sealos joins all of them ({@code pkg/buildah/build.go}). Symbolic links are followed within the context
     * directory. Those that lead out of it are omitted; {@link #linksOut} returns them.
     *
     * @param context the directory to build
     * @throws IOException if the context is not a directory, or a link cannot be followed
     */
    public static List<Path> find(Path context) throws IOException {
        return select(context, false);
    }

    /**
     * {@return the build files that are symbolic links to files outside the context directory, in the order of
     * {@link #NAMES}} They must not be read: the author of the context may not be allowed to see their targets.
     *
     * @param context the directory to build
     * @throws IOException if the context is not a directory, or a link cannot be followed
     */
    public static List<Path> linksOut(Path context) throws IOException {
        return select(context, true);
    }

    /**
     * {@return the context directories in a directory and below it, sorted by path: those with a Kubefile or Sealfile}
     * A Dockerfile or Containerfile alone is not enough, because other images are built from such files, too. Hidden
     * directories, whose names begin with a full stop, and links to directories are not entered. A context may lie in
     * another one; both are returned. The paths begin with that of the given directory.
     *
     * @param root the directory, such as that of a repository
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if a directory cannot be read, or if there are more than 1,000,000 files and directories
     */
    public static List<Path> findContexts(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        ContextSearch search = new ContextSearch(root, ContextSearch.MOST_ENTRIES);
        Files.walkFileTree(root, search);
        return search.found();
    }

    private static List<Path> select(Path context, boolean leadsOut) throws IOException {
        if (!Files.isDirectory(context)) {
            throw new IOException("the context is not a directory: " + context);
        }
        Path exact = OverlayFileSystem.withExactNames(context);
        Path root = exact.toRealPath();
        List<Path> found = new ArrayList<>();
        for (String name : NAMES) {
            Path file = exact.resolve(name);
            if (Files.isRegularFile(file) && leadsOut != file.toRealPath().startsWith(root)) {
                found.add(context.resolve(name));
            }
        }
        return List.copyOf(found);
    }
}
