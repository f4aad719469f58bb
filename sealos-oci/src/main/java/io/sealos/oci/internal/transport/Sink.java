package io.sealos.oci.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a blob go. A transfer that broke is resumed at {@link #written()}, or begun anew. */
public interface Sink {
    long written();

    void write(ByteBuffer bytes) throws IOException;

    void restart() throws IOException;
}
