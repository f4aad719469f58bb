package io.sealos.oci.internal.http;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Writes a blob to a new file. Thread-safe. */
public final class FileBlobSink implements BlobSink, Closeable {
    private final String algorithm;
    private final MessageDigest hash;
    private final FileChannel file;
    private long size;

    /** Creates a sink for a file that does not exist. */
    public FileBlobSink(Path file, String algorithm) throws IOException {
        this.algorithm = algorithm;
        this.hash = Digests.start(algorithm);
        this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void asks(String host) {
        // The host is not needed.
    }

    @Override
    public synchronized long written() {
        return size;
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        hash.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            size += file.write(bytes);
        }
    }

    @Override
    public synchronized void restart() throws IOException {
        hash.reset();
        file.truncate(0);
        size = 0;
    }

    @Override
    public synchronized Digest finish() {
        return Digests.finish(algorithm, hash);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
