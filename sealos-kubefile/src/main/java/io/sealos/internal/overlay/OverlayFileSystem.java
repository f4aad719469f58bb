package io.sealos.internal.overlay;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A read-only file system with the files of a directory and, laid over them, files that a program gives. Its paths are
 * those of the file system that has the directory, so messages are the same. Without a directory, it has only the given
 * files. A link that leads out of the directory leads to the file system beneath, also if a link there leads back: then
 * the directory has no given files. It holds no resources, and is never closed. Thread-safe.
 */
public final class OverlayFileSystem extends FileSystem {
    private final FileSystem beneath;
    private final OverlayProvider provider = new OverlayProvider(this);
    private final PlaceFinder places;
    private final boolean hasGivenFiles;
    private final @Nullable Path directory;

    private OverlayFileSystem(@Nullable Path directory, FileSystem beneath, SortedMap<String, GivenFile> files)
            throws IOException {
        this.directory = directory;
        this.beneath = beneath;
        this.hasGivenFiles = !files.isEmpty();
        this.places = new PlaceFinder(directory, root(beneath), GivenTree.of(files));
    }

    /**
     * {@return a directory with the files of another one, and given files laid over them} A given file takes the place
     * of a file or link with the same path.
     *
     * @param directory the directory
     * @param files the given files by their paths, which are relative, with slashes
     * @throws FileSystemException if a given file would take the place of a directory, or of a file or link above it
     * @throws IOException if the directory cannot be read
     */
    public static Path over(Path directory, SortedMap<String, GivenFile> files) throws IOException {
        OverlayFileSystem system = new OverlayFileSystem(directory, directory.getFileSystem(), files);
        system.places.checkAgainstDirectory();
        return new OverlayPath(system, directory);
    }

    /**
     * {@return a directory in which files are only found under their exact names, as on the machine that gets the
     * image; the directory itself if its file system tells case apart, or if it cannot be read}
     *
     * @param directory the directory
     */
    public static Path withExactNames(Path directory) {
        try {
            return directory instanceof OverlayPath || !ExactNames.areNeeded(directory)
                    ? directory
                    : over(directory, Collections.emptySortedMap());
        } catch (IOException e) {
            // Whoever reads the directory fails with this exception, too.
            return directory;
        }
    }

    /**
     * {@return a directory that has only given files} Its path is empty, so the paths of the files are their names.
     *
     * @param files the given files by their paths, which are relative, with slashes
     * @throws java.nio.file.InvalidPathException if this machine cannot have a file with such a name
     */
    public static Path of(SortedMap<String, GivenFile> files) throws IOException {
        FileSystem names = FileSystems.getDefault();
        for (String file : files.keySet()) {
            names.getPath(file);
        }
        return new OverlayPath(new OverlayFileSystem(null, names, files), names.getPath(""));
    }

    /**
     * {@return the path of a file in the default file system; empty if it is in another one, or is given} Such a file
     * can be read at random positions, and by other programs.
     *
     * @param file the file
     */
    public static Optional<Path> onDisk(Path file) throws IOException {
        Path found = beneath(file);
        return Optional.ofNullable(found).filter(it -> it.getFileSystem().equals(FileSystems.getDefault()));
    }

    /**
     * {@return the path at which another file system has a file, which is the path itself if it is not one of an
     * overlay; null if the file is given}
     *
     * @param file the file
     * @param options whether a link is followed
     */
    public static @Nullable Path beneath(Path file, LinkOption... options) throws IOException {
        Path found = file;
        while (found instanceof OverlayPath path) {
            found = path.getFileSystem()
                    .places
                    .find(path, OverlayProvider.follows(options))
                    .beneath();
        }
        return found;
    }

    /** {@return the directory over which files are laid; the directory itself if it is not one of an overlay} */
    public static Optional<Path> directoryBelow(Path context) {
        Optional<Path> found = Optional.of(context);
        while (found.isPresent() && found.get() instanceof OverlayPath path) {
            found = Optional.ofNullable(path.getFileSystem().directory);
        }
        return found;
    }

    private static Path root(FileSystem system) {
        return system.getRootDirectories().iterator().next();
    }

    Path unwrapped(Path path) {
        return path instanceof OverlayPath own ? own.wrapped() : path;
    }

    PlaceFinder places() {
        return places;
    }

    boolean hasGivenFiles() {
        return hasGivenFiles;
    }

    /** {@return the directory over which files are laid; null if there is none} */
    @Nullable
    Path directory() {
        return directory;
    }

    Path root() {
        return root(beneath);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    /** Does nothing: paths of this file system stay valid. */
    @Override
    public void close() {
        // There is nothing to release.
    }

    @Override
    public boolean isOpen() {
        return directory == null || beneath.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public String getSeparator() {
        return beneath.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        beneath.getRootDirectories().forEach(root -> roots.add(new OverlayPath(this, root)));
        return List.copyOf(roots);
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return directory == null ? List.of() : beneath.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        boolean posix =
                directory == null || beneath.supportedFileAttributeViews().contains("posix");
        return posix ? Set.of("basic", "owner", "posix") : Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        return new OverlayPath(this, beneath.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = beneath.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(unwrapped(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return beneath.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    /** {@return the directory over which files are laid} */
    @Override
    public String toString() {
        return "files over " + (directory == null ? "nothing" : directory);
    }
}
