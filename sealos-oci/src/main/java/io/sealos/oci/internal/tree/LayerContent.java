package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;

/** The content of a file of a base image, at an offset in the tar of its layer. */
record LayerContent(PlainLayer layer, String path, long offset, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
        return layer.open(offset, size);
    }

    @Override
    public String identity() {
        return layer + "@" + offset;
    }

    @Override
    public String place() {
        return layer + ":" + path;
    }

    // All names of a file share the same offset, so they become hard links.
    @Override
    public Object linkIdentity() {
        return this;
    }
}
