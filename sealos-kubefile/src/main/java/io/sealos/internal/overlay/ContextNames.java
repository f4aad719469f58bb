package io.sealos.internal.overlay;

import java.nio.file.Path;

/**
 * The names under which messages mention a context directory and its files: a file by its path relative to the context
 * directory, with slashes; the directory itself, and a file outside of it, as the caller has named it.
 */
public final class ContextNames {
    /** The name of a context that has no directory. */
    private static final String GIVEN_FILES = "the given files";

    private ContextNames() {}

    /** {@return the name of a context directory} */
    public static String of(Path context) {
        return OverlayFileSystem.directoryBelow(context)
                .map(directory -> directory.toString().isEmpty() ? "." : directory.toString())
                .orElse(GIVEN_FILES);
    }

    /**
     * {@return the name of a file}
     *
     * @param context the context directory
     * @param file a file in it or outside of it
     */
    public static String of(Path context, Path file) {
        Path directory = file.getFileSystem().equals(context.getFileSystem())
                ? context
                : OverlayFileSystem.directoryBelow(context).orElse(context);
        if (!file.getFileSystem().equals(directory.getFileSystem())) {
            return file.toString();
        }
        Path root = directory.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(root)
                ? root.relativize(absolute)
                        .toString()
                        .replace(root.getFileSystem().getSeparator(), "/")
                : file.toString();
    }
}
