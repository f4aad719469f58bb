package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file of a base image whose holes its layer leaves out. It stays in its layer; it cannot be copied elsewhere. */
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
