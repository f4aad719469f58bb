package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The content of a sparse file of a base image. It stays in its layer, and cannot be copied. */
record SparseContent(String place, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
        throw new IOException(place + " is a sparse file, which cannot be copied out of a base image");
    }

    @Override
    public @Nullable String identity() {
        return null;
    }
}
