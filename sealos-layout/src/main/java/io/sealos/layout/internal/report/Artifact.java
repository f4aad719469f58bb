package io.sealos.layout.internal.report;

import io.sealos.internal.overlay.ReportedPath;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.SourceRange;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The file at which a finding is shown by a program that shows only files, such as a code host.
 *
 * @param file the path of the file, which need not exist, relative to the directory of the report
 * @param range the place within the file; null if it is not known
 */
public record Artifact(String file, @Nullable SourceRange range) implements Serializable {
    /** {@return the file relative to another directory, whose path to here is given} */
    public Artifact within(String directory) {
        return isAbsolute() ? this : new Artifact(ReportedPath.within(directory, file), range);
    }

    /**
     * {@return the file without the segments {@code .} and {@code ..}; a build file without a place if the file is
     * outside of the directory}
     */
    Artifact inside() {
        Deque<String> names = new ArrayDeque<>();
        boolean isInside = !isAbsolute();
        for (String name : file.split("/", -1)) {
            if (name.equals("..")) {
                isInside &= names.pollLast() != null;
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return isInside && !names.isEmpty()
                ? new Artifact(String.join("/", names), range)
                : new Artifact(BuildFiles.NAMES.get(1), null);
    }

    private boolean isAbsolute() {
        return file.startsWith("/");
    }

    /** {@return whether the file is at a path or below it} */
    boolean isAt(String path) {
        return path.isEmpty() || path.equals(ReportedPath.SINGLE) || file.equals(path) || file.startsWith(path + "/");
    }
}
