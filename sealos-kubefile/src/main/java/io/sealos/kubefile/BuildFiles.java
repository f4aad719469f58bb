package io.sealos.kubefile;

import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.overlay.ContextNames;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.internal.text.LimitedFile;
import io.sealos.kubefile.internal.source.SourceBytes;
import io.sealos.kubefile.internal.source.SourceText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Finds the build files of a context directory. Like sealos, it finds all of them, not only the first. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BuildFiles {
    /** The names of build files, in the order in which sealos joins them. */
    public static final List<String> NAMES = RequiredPath.BUILD_FILES;

    private static final int LARGEST = 16 << 20;
    private static final String NAME = "name the build file";

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
        Objects.requireNonNull(context, "context");
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
        Objects.requireNonNull(context, "context");
        return select(context, true);
    }

    /**
     * {@return the context directories in a directory and below it, sorted by path: those with a Kubefile or Sealfile}
     * A Dockerfile or Containerfile alone is not enough, because other images are built from such files, too. Hidden
     * directories, whose names begin with a full stop, and links to directories are not entered; the given directory
     * may be a link. A context may lie in another one; both are returned. The paths begin with that of the given
     * directory.
     *
     * @param root the directory, such as that of a repository
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if a directory cannot be read, or if there are more than 1,000,000 files and directories
     */
    public static List<Path> findContexts(Path root) throws IOException {
        Objects.requireNonNull(root, "root");
        RequiredPath.directory(root, "name the directory that contains the contexts");
        Path start = root.toRealPath();
        ContextSearch search = new ContextSearch(start, ContextSearch.MOST_ENTRIES);
        Files.walkFileTree(start, search);
        return search.found().stream()
                .map(it -> it.equals(start) ? root : root.resolve(start.relativize(it)))
                .toList();
    }

    /**
     * Parses build files and joins their instructions, like {@link Kubefile#join}. Ranges have the names of the files
     * relative to the context directory, with slashes; a file outside of it has the name that it was given.
     *
     * @param context the directory to build
     * @param files the files in the order in which they are joined, each at most 16 MiB
     * @return the Kubefile
     * @throws KubefileParseException if one is not a valid Kubefile; the exception has the syntax errors of all files,
     *     and what else is wrong with other instructions, as far as it does not depend on variables
     * @throws IOException if a file is larger or cannot be read
     */
    public static Kubefile parse(Path context, List<Path> files) throws IOException {
        Objects.requireNonNull(context, "context");
        KubefileParseResult parsed = Kubefile.parse(read(files, file -> ContextNames.of(context, file)));
        return parsed.problems().isEmpty()
                ? parsed.kubefile()
                : IndependentProblems.addedTo(parsed).orThrow();
    }

    /** {@return the texts of files, with the names that a function gives them} */
    static List<SourceText> read(List<Path> files, Function<Path, String> names) throws IOException {
        List<SourceText> sources = new ArrayList<>();
        for (Path file : files) {
            RequiredPath.file(file, NAME);
            byte[] source = LimitedFile.read(file, LARGEST, "put what it carries into files, and COPY them");
            if (RequiredPath.isTar(source)) {
                throw new FileSystemException(file.toString(), null, "is a tar archive and not a build file; " + NAME);
            }
            sources.add(new SourceText(SourceBytes.decode(source), names.apply(file)));
        }
        return sources;
    }

    private static List<Path> select(Path context, boolean leadsOut) throws IOException {
        RequiredPath.directory(context, "name the directory that contains the Kubefile");
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
