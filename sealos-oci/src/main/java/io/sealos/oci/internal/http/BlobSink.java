package io.sealos.oci.internal.http;

import io.sealos.images.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a blob go. A transfer that broke is resumed at {@link #written()}, or begun anew. */
public interface BlobSink {
    /** Called before each request for the blob, or for what is missing of it. */
    void asks(String host);

    long written();

    void write(ByteBuffer bytes) throws IOException;

    void restart() throws IOException;

    /** The digest of all that was written; only a new beginning can follow it. */
    Digest finish() throws IOException;
}
