package io.sealos.oci.internal.http;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Keeps a small blob, such as a configuration, in memory. Thread-safe. */
public final class MemoryBlobSink implements BlobSink {
    private final String algorithm;
    private final int limit;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** Creates a sink that refuses more bytes than a limit. */
    public MemoryBlobSink(String algorithm, int limit) {
        this.algorithm = algorithm;
        this.limit = limit;
    }

    @Override
    public void asks(String host) {
        // The host is not needed.
    }

    @Override
    public synchronized long written() {
        return received.size();
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        if (received.size() + bytes.remaining() > limit) {
            throw new IOException("the document has more than " + limit + " bytes");
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        received.writeBytes(copy);
    }

    @Override
    public synchronized void restart() {
        received.reset();
    }

    @Override
    public synchronized Digest finish() {
        MessageDigest hash = Digests.start(algorithm);
        hash.update(received.toByteArray());
        return Digests.finish(algorithm, hash);
    }

    public synchronized byte[] bytes() {
        return received.toByteArray();
    }
}
