package io.sealos.oci.internal.recipe;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the build that need not lie in the context directory, such as a blob of a saved image. Its path is relative
 * to the context, with slashes; its mode is 0644, its directories are 0755.
 */
public interface VirtualFile {
    String path();

    long size();

    InputStream open() throws IOException;

    /** Stays the same only while the bytes do, such as their digest; null where nothing is known without reading. */
    default @Nullable String identity() {
        return null;
    }

    /** Files of one group belong together, such as those of one saved image; empty: it belongs to no group. */
    default String group() {
        return "";
    }
}
