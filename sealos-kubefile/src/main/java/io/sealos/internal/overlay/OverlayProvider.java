package io.sealos.internal.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of an overlay: those on given files, and those that are left to the file system beneath it. */
final class OverlayProvider extends FileSystemProvider {
    private static final Set<OpenOption> READS = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final OverlayFileSystem system;

    OverlayProvider(OverlayFileSystem system) {
        this.system = system;
    }

    static boolean follows(OpenOption... options) {
        return !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
    }

    private Place find(Path path, OpenOption... options) throws IOException {
        return system.places().find((OverlayPath) path, follows(options));
    }

    private static void requireReading(Collection<? extends OpenOption> options) {
        if (!READS.containsAll(options)) {
            throw new ReadOnlyFileSystemException();
        }
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        requireReading(List.of(options));
        Place place = find(path, options);
        GivenFile.Content given = place.content();
        return given == null
                ? Files.newInputStream(file(place, path), options)
                : given.content().open();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        requireReading(options);
        Place place = find(path, options.toArray(OpenOption[]::new));
        GivenFile.Content given = place.content();
        return given == null ? Files.newByteChannel(file(place, path), options) : new GivenChannel(given.content());
    }

    private static Path file(Place place, Path path) throws FileSystemException {
        if (place.isMadeDirectory()) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        return place.required();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        Place place = find(path);
        if (place.content() != null) {
            throw new NotDirectoryException(path.toString());
        }
        Set<String> names = new LinkedHashSet<>();
        if (place.given() != null && place.given().isDirectory()) {
            names.addAll(place.given().entries().keySet());
        }
        Set<Path> entries = new LinkedHashSet<>();
        names.forEach(name -> entries.add(path.resolve(name)));
        if (!place.isMadeDirectory()) {
            try (DirectoryStream<Path> beneath = Files.newDirectoryStream(place.required())) {
                for (Path entry : beneath) {
                    if (!names.contains(String.valueOf(entry.getFileName()))) {
                        entries.add(path.resolve(new OverlayPath(system, entry.getFileName())));
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return new Entries(List.copyOf(entries), filter);
    }

    /** A list of entries that have been read. An exception of the filter is thrown by the iterator. */
    private static final class Entries implements DirectoryStream<Path> {
        private final List<Path> all;
        private final DirectoryStream.Filter<? super Path> filter;
        private boolean isOver;

        Entries(List<Path> all, DirectoryStream.Filter<? super Path> filter) {
            this.all = all;
            this.filter = filter;
        }

        @Override
        public synchronized Iterator<Path> iterator() {
            if (isOver) {
                throw new IllegalStateException("the directory stream is closed, or has an iterator already");
            }
            isOver = true;
            return all.stream().filter(this::isAccepted).iterator();
        }

        private boolean isAccepted(Path entry) {
            try {
                return filter.accept(entry);
            } catch (IOException e) {
                throw new DirectoryIteratorException(e);
            }
        }

        @Override
        public synchronized void close() {
            isOver = true;
        }
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        Place place = find(link, LinkOption.NOFOLLOW_LINKS);
        if (place.given() != null) {
            throw new NotLinkException(link.toString());
        }
        return new OverlayPath(system, Files.readSymbolicLink(place.required()));
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        if (path.equals(other)) {
            return true;
        }
        if (!(other instanceof OverlayPath) || !other.getFileSystem().equals(system)) {
            return false;
        }
        return path.toRealPath().equals(other.toRealPath());
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        Place place = find(path);
        if (place.given() == null) {
            return Files.isHidden(place.required());
        }
        // On Windows, hidden files have an attribute.
        Path name = place.path().getFileName();
        return name != null
                && system.getSeparator().equals("/")
                && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        Place place = find(path);
        Path directory = system.directory();
        if (place.beneath() != null || directory == null) {
            return Files.getFileStore(place.required());
        }
        return Files.getFileStore(directory);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Place place = find(path);
        List<AccessMode> asked = List.of(modes);
        if (asked.contains(AccessMode.WRITE)) {
            throw new AccessDeniedException(path.toString(), null, "is read-only");
        }
        GivenFile.Content given = place.content();
        if (given != null) {
            if (asked.contains(AccessMode.EXECUTE) && (given.mode() & 0111) == 0) {
                throw new AccessDeniedException(path.toString(), null, "is not executable");
            }
        } else if (!place.isMadeDirectory()) {
            Path beneath = place.required();
            beneath.getFileSystem().provider().checkAccess(beneath, modes);
        }
    }

    /** {@return a view that reads the attributes; null for other views, some of which could write} */
    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        if (type == BasicFileAttributeView.class) {
            return type.cast(new ReadOnlyViews.Basic(path, List.of(options)));
        }
        boolean isPosix = type == PosixFileAttributeView.class || type == FileOwnerAttributeView.class;
        return isPosix && system.supportedFileAttributeViews().contains("posix")
                ? type.cast(new ReadOnlyViews.Posix(path, List.of(options), type == FileOwnerAttributeView.class))
                : null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        Place place = find(path, options);
        GivenAttributes given = given(place);
        if (given == null) {
            return Files.readAttributes(place.required(), type, options);
        }
        if (!type.isInstance(given)) {
            throw new UnsupportedOperationException(type + " of a given file");
        }
        return type.cast(given);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        Place place = find(path, options);
        GivenAttributes given = given(place);
        return given == null ? Files.readAttributes(place.required(), attributes, options) : given.named(attributes);
    }

    private static @Nullable GivenAttributes given(Place place) {
        GivenFile.Content content = place.content();
        if (content != null) {
            return GivenAttributes.ofFile(content);
        }
        return place.isMadeDirectory() ? GivenAttributes.DIRECTORY : null;
    }

    @Override
    public String getScheme() {
        return "sealos-context";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new ReadOnlyFileSystemException();
    }
}
