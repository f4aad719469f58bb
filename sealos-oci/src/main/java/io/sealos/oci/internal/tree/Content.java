package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.ExtendedAttributes;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, which are read when a layer is written and not before. */
public interface Content {
    long size();

    InputStream open() throws IOException;

    /** Where the bytes lie, for errors. */
    String place();

    /** Files of one group belong together; empty: it belongs to no group. */
    default String group() {
        return "";
    }

    /** Stays the same only while the bytes do; null where nothing is known without reading. */
    @Nullable
    String identity() throws IOException;

    /** The extended attributes of a file that lies on disk; they change only if the identity does. */
    default ExtendedAttributes extendedAttributes() throws IOException {
        return ExtendedAttributes.NONE;
    }

    /** Whether the file was written to since it was looked at; to be asked when it has been read. */
    default boolean hasChanged() throws IOException {
        return false;
    }

    /** Equal for names that are hard links to one file; null where there is one name only. */
    default @Nullable Object linkIdentity() {
        return null;
    }
}
