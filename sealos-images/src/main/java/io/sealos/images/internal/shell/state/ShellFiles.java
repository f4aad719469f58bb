package io.sealos.images.internal.shell.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that a script finds when it runs. Paths are those of {@link ImagePath}. */
public interface ShellFiles {
    /** The text of a file; null if there is none, or none that can be a script or values. */
    @Nullable
    String text(String path);

    /** The names in a directory, sorted; empty if it is none. */
    List<String> names(String directory);

    /** Whether there is such a file or directory. */
    boolean exists(String path);

    /** Whether it is a directory. */
    boolean isDirectory(String path);
}
