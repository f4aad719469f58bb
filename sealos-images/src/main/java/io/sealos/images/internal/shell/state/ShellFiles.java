package io.sealos.images.internal.shell.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that a script finds when it runs. Paths have the form of {@link ImagePath}. */
public interface ShellFiles {
    /** {@return the text of a file; null if it does not exist, or cannot be a script or a file of values} */
    @Nullable
    String text(String path);

    /** {@return the names in a directory, sorted; empty if the path is not a directory} */
    List<String> names(String directory);

    /** {@return whether the file or directory exists} */
    boolean exists(String path);

    /** {@return whether the path is a directory} */
    boolean isDirectory(String path);
}
