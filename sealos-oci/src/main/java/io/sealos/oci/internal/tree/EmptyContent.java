package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;

/** That of a file which says all by its name. */
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
