package io.sealos.internal.files;

import io.sealos.internal.overlay.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directories of the user. The library keeps what later runs can use, such as the blobs of saved images and the
 * unpacked Helm engine, in the cache directory: {@code sealos-java} of {@code XDG_CACHE_HOME}; else on Windows of
 * {@code LOCALAPPDATA}; else of {@code Library/Caches} on macOS and of {@code .cache} elsewhere, in the home directory.
 * Relative paths are ignored, and so is a home directory that does not exist or is not writable.
 */
public final class UserDirectories {
    private static final String NAME = "sealos-java";
    private static final String FIX = "set XDG_CACHE_HOME to a directory of the user's own";

    private UserDirectories() {}

    /**
     * {@return the home directory of the user; empty if the system knows none, such as for a user without an entry in
     * passwd}
     */
    public static Optional<Path> home() {
        return home(System.getProperty("user.home"));
    }

    static Optional<Path> home(@Nullable String property) {
        return absolute(property).filter(Files::isDirectory);
    }

    /**
     * {@return the cache directory of the user, which may not exist yet}
     *
     * @throws FileSystemException if there is none
     */
    public static Path cache() throws FileSystemException {
        return cache(System.getenv(), System.getProperty("user.home"), System.getProperty("os.name", ""));
    }

    static Path cache(Map<String, String> environment, @Nullable String home, String system)
            throws FileSystemException {
        String os = system.toLowerCase(Locale.ROOT);
        Optional<Path> local = os.startsWith("windows") ? absolute(environment.get("LOCALAPPDATA")) : Optional.empty();
        return absolute(environment.get("XDG_CACHE_HOME"))
                .or(() -> local)
                .or(() -> home(home)
                        .filter(Files::isWritable)
                        .map(it -> it.resolve(os.startsWith("mac") ? "Library/Caches" : ".cache")))
                .map(it -> it.resolve(NAME))
                .orElseThrow(() -> new FileSystemException(
                        String.valueOf(home),
                        null,
                        "is not a writable home directory, so there is no cache directory; " + FIX));
    }

    /**
     * Checks that a directory is not below a context directory, of which it would become a part.
     *
     * @throws FileSystemException if the directory is below the context directory
     */
    public static void requireOutside(Path context, Path directory) throws IOException {
        Path real = directory.toAbsolutePath().normalize();
        Path existing = real;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        Path whole = existing.toRealPath().resolve(existing.relativize(real));
        Optional<Path> below = OverlayFileSystem.directoryBelow(context);
        if (below.isPresent() && whole.startsWith(below.get().toRealPath())) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "lies in the context " + context + ", so it would become part of the image; " + FIX
                            + " outside of it");
        }
    }

    private static Optional<Path> absolute(@Nullable String path) {
        try {
            return Optional.ofNullable(path)
                    .filter(it -> !it.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
