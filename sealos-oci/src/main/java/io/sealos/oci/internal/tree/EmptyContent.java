package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;

/** The content of an empty file. */
record EmptyContent() implements Content {
    @Override
    public long size() {
        return 0;
    }

    @Override
    public InputStream open() throws IOException {
        return InputStream.nullInputStream();
    }

    @Override
    public String place() {
        return "an empty file";
    }

    @Override
    public String identity() {
        return "";
    }
}
