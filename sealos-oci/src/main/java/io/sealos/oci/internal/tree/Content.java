package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.ExtendedAttributes;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The content of a file. It is not read before a layer is written. */
public interface Content {
    long size();

    InputStream open() throws IOException;

    /** Returns the place of the content for messages. */
    String place();

    /** Returns the group of files to which the file belongs; empty for none. */
    default String group() {
        return "";
    }

    /** Returns a text that changes with the content; null if it cannot be known without reading the content. */
    @Nullable
    String identity() throws IOException;

    /** Returns the extended attributes of a file on disk. They change only if the identity does. */
    default ExtendedAttributes extendedAttributes() throws IOException {
        return ExtendedAttributes.NONE;
    }

    /** Returns whether the file has changed since its attributes were read. Called after the content was read. */
    default boolean hasChanged() throws IOException {
        return false;
    }

    /** Returns an object that is equal for all names of one file; null if it has only one name. */
    default @Nullable Object linkIdentity() {
        return null;
    }
}
