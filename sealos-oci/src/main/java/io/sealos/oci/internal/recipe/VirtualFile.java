package io.sealos.oci.internal.recipe;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the build that need not exist in the context directory, such as a blob of a saved image. Its path is
 * relative to the context, with slashes; its mode is 0644, its directories are 0755.
 */
public interface VirtualFile {
    String path();

    long size();

    InputStream open() throws IOException;

    /**
     * {@return a text that changes when the bytes do, such as their digest; null if it is not known without reading}
     */
    default @Nullable String identity() {
        return null;
    }

    /** {@return the group of files that belong together, such as those of one saved image; empty for none} */
    default String group() {
        return "";
    }
}
