package io.sealos.internal.overlay;

import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The path of a context directory in a report about several of them. */
public final class ReportedPath {
    /** The path of a context directory that is not part of a report about several. */
    public static final String SINGLE = ".";

    private ReportedPath() {}

    /**
     * {@return the path of a context directory in a report of reports}
     *
     * @param directory the path from the common directory; empty if they are the same
     * @param inner the path in the report of this directory, which may be {@link #SINGLE}
     */
    public static String within(String directory, String inner) {
        if (directory.isEmpty()) {
            return inner;
        }
        return inner.equals(SINGLE) ? directory : directory + "/" + inner;
    }

    /**
     * {@return the innermost of some directories that contains a file; {@link #SINGLE} if none does}
     *
     * @param directories the directories, relative to a common directory
     * @param file the path of the file, relative to it as well
     */
    public static String innermost(Collection<String> directories, String file) {
        return directories.stream()
                .filter(it -> file.equals(it) || file.startsWith(it + "/"))
                .max(Comparator.comparing(String::length))
                .orElse(SINGLE);
    }

    /** {@return the part of the path of a file that is below its directory} */
    public static String below(String directory, String file) {
        boolean isBelow = file.startsWith(directory + "/");
        return isBelow ? file.substring(directory.length() + 1) : file.equals(directory) ? SINGLE : file;
    }

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
            throw PlacedArgumentException.at(
                    Printable.of(directory.toString()),
                    " is not below " + Printable.of(root.toString()) + "; name a directory that contains both");
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
