package io.sealos.oci.internal.recipe;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the build that need not exist in the context directory, such as a blob of a saved image. Its path is
 * relative to the context and has slashes. Its mode is 0644, and that of its directories 0755.
 */
public interface VirtualFile {
    String path();

    long size();

    InputStream open() throws IOException;

    /**
     * {@return a text that changes with the content, such as its digest; null if it cannot be known without reading the
     * file}
     */
    default @Nullable String identity() {
        return null;
    }

    /** {@return the group of files to which this file belongs, such as those of one saved image; empty for none} */
    default String group() {
        return "";
    }
}
