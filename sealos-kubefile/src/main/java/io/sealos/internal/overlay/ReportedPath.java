package io.sealos.internal.overlay;

import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The path of a context directory in a report about several of them. */
public final class ReportedPath {
    private ReportedPath() {}

    /**
     * {@return the path from a common directory to a context directory, with slashes; empty if they are the same}
     *
     * @param root the common directory
     * @param directory the context directory; if files are laid over it, the directory beneath
     * @throws IllegalArgumentException if it is not below the common directory, or has only files from memory
     */
    public static String of(Path root, Path directory) {
        Optional<Path> context = OverlayFileSystem.directoryBelow(directory);
        Optional<Path> common = OverlayFileSystem.directoryBelow(root);
        if (context.isEmpty() || common.isEmpty()) {
            throw new IllegalArgumentException("a context with files from memory only has no path in a report; give it"
                    + " one below the common directory, which need not exist, such as root.resolve(\"generated/app\")");
        }
        Path from = common.get().toAbsolutePath().normalize();
        Path to = context.get().toAbsolutePath().normalize();
        if (!to.startsWith(from)) {
            from = withoutLinks(from);
            to = withoutLinks(to);
        }
        if (!to.startsWith(from)) {
            throw new IllegalArgumentException(Printable.of(directory.toString()) + " is not below "
                    + Printable.of(root.toString()) + "; name a directory that contains both");
        }
        Path relative = from.relativize(to);
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }

    /** {@return the path with the links of its existing part resolved} */
    private static Path withoutLinks(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // A context with given files need not exist, but the directories above it may.
            Path parent = path.getParent();
            return parent == null ? path : withoutLinks(parent).resolve(path.getFileName());
        }
    }
}
