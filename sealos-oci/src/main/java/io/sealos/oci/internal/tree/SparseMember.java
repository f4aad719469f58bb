package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.SparseMap;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a sparse member of an unpacked archive, with its holes.
 *
 * @param stored its chunks, one after the other
 * @param map the places of the chunks
 */
record SparseMember(Content stored, SparseMap map) implements Content {
    @Override
    public long size() {
        return map.size();
    }

    @Override
    public InputStream open() throws IOException {
        return map.expand(stored.open());
    }

    @Override
    public boolean hasChanged() throws IOException {
        return stored.hasChanged();
    }

    @Override
    public @Nullable String identity() throws IOException {
        return stored.identity();
    }

    @Override
    public String place() {
        return stored.place();
    }

    @Override
    public Object linkIdentity() {
        return this;
    }
}
