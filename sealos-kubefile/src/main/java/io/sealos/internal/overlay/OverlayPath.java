package io.sealos.internal.overlay;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of an overlay, which wraps the path of the file system beneath it. Immutable and thread-safe. */
final class OverlayPath implements Path {
    private final OverlayFileSystem system;
    private final Path wrapped;

    OverlayPath(OverlayFileSystem system, Path wrapped) {
        this.system = system;
        this.wrapped = wrapped;
    }

    Path wrapped() {
        return wrapped;
    }

    private OverlayPath wrap(Path path) {
        return new OverlayPath(system, path);
    }

    private @Nullable Path wrapNullable(@Nullable Path path) {
        return path == null ? null : wrap(path);
    }

    private boolean isOfThisSystem(Path other) {
        return other instanceof OverlayPath path && path.system == system;
    }

    private Path own(Path other) {
        if (!isOfThisSystem(other)) {
            throw new ProviderMismatchException();
        }
        return ((OverlayPath) other).wrapped;
    }

    @Override
    public OverlayFileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return wrapped.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrapNullable(wrapped.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrapNullable(wrapped.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrapNullable(wrapped.getParent());
    }

    @Override
    public int getNameCount() {
        return wrapped.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(wrapped.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return wrap(wrapped.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return isOfThisSystem(other) && wrapped.startsWith(own(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return isOfThisSystem(other) && wrapped.endsWith(own(other));
    }

    @Override
    public Path normalize() {
        return wrap(wrapped.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(wrapped.resolve(own(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(wrapped.relativize(own(other)));
    }

    /** {@return the address of the file beneath the overlay; without one, an address that no program can open} */
    @Override
    public URI toUri() {
        if (system.directory() != null) {
            return wrapped.toUri();
        }
        try {
            String path = toAbsolutePath().toString().replace(system.getSeparator(), "/");
            return new URI(system.provider().getScheme(), "", path.startsWith("/") ? path : "/" + path, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    // Without a directory, relative paths begin at the root, where all files are.
    @Override
    public OverlayPath toAbsolutePath() {
        return wrap(system.directory() == null ? system.root().resolve(wrapped) : wrapped.toAbsolutePath());
    }

    /** {@return the file beneath the overlay; without given files, all files are there} */
    @Override
    public File toFile() {
        return system.hasGivenFiles() ? Path.super.toFile() : wrapped.toFile();
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        Place place = system.places().find(this, OverlayProvider.follows(options));
        return wrap(place.given() == null ? place.required().toRealPath(options) : place.path());
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        if (!isOfThisSystem(other)) {
            throw new ClassCastException("a path of an overlay cannot be compared with one of another file system");
        }
        return wrapped.compareTo(own(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OverlayPath that && system == that.system && wrapped.equals(that.wrapped);
    }

    @Override
    public int hashCode() {
        return wrapped.hashCode();
    }

    @Override
    public String toString() {
        return wrapped.toString();
    }
}
