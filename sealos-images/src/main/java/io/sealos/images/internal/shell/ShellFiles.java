package io.sealos.images.internal.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that a script finds when it runs. Paths are those of {@link ImagePath}. */
public interface ShellFiles {
    /** The text of a file; null if there is none, or none that can be a script or values. */
    @Nullable
    String text(String path);

    /** The names in a folder, sorted; empty if it is none. */
    List<String> names(String folder);

    /** Whether there is such a file or folder. */
    boolean exists(String path);

    /** Whether it is a folder. */
    boolean isFolder(String path);
}
