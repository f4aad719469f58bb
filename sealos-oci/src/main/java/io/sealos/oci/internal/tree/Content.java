package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.ExtendedAttributes;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The content of a file, which is read when a layer is written and not before. */
public interface Content {
    long size();

    InputStream open() throws IOException;

    /** Returns the place of the content for messages. */
    String place();

    /** Returns the group of files to which the file belongs; empty for none. */
    default String group() {
        return "";
    }

    /** Returns a text that changes with the content; null if the content has to be read to know. */
    @Nullable
    String identity() throws IOException;

    /** Returns the extended attributes of a file on disk. They change only if the identity does. */
    default ExtendedAttributes extendedAttributes() throws IOException {
        return ExtendedAttributes.NONE;
    }

    /** Returns whether the file was changed since its attributes were read; to be asked after reading it. */
    default boolean hasChanged() throws IOException {
        return false;
    }

    /** Returns an object that is equal for all names of one file; null if it has only one name. */
    default @Nullable Object linkIdentity() {
        return null;
    }
}
