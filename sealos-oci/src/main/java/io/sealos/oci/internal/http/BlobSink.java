package io.sealos.oci.internal.http;

import io.sealos.images.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Receives the bytes of a blob. An interrupted transfer is resumed at {@link #written()}, or starts over. */
public interface BlobSink {
    /** Called before each request for the blob or its missing rest. */
    void asks(String host);

    long written();

    void write(ByteBuffer bytes) throws IOException;

    void restart() throws IOException;

    /** Returns the digest of all written bytes. After this call, the sink can only be restarted. */
    Digest finish() throws IOException;
}
