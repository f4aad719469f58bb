package io.sealos.oci.internal.store;

import io.sealos.images.Digest;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Writes a blob into the content store, and hashes it. The blob is deleted on {@link #close()} unless it was published.
 * Thread-safe.
 */
public final class BlobWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 17;

    private final ContentStore store;
    private final Path part;
    private final FileChannel channel;
    private final String algorithm;
    private final byte[] buffer = new byte[BUFFER];
    private MessageDigest hash;
    private int filled;
    private long written;

    BlobWriter(ContentStore store, Path part, String algorithm) throws IOException {
        this.store = store;
        this.part = part;
        this.algorithm = algorithm;
        this.hash = Digests.start(algorithm);
        this.channel = FileChannel.open(part, StandardOpenOption.WRITE);
    }

    public synchronized long written() {
        return written;
    }

    /** Writes bytes. They are buffered, and hashed and written in larger amounts. */
    public synchronized void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), buffer.length - filled);
            bytes.get(buffer, filled, length);
            add(length);
        }
    }

    public synchronized void write(InputStream content) throws IOException {
        int read = content.read(buffer, filled, buffer.length - filled);
        while (read >= 0) {
            add(read);
            read = content.read(buffer, filled, buffer.length - filled);
        }
    }

    private void add(int length) throws IOException {
        filled += length;
        written += length;
        if (filled == buffer.length) {
            flush();
        }
    }

    private void flush() throws IOException {
        hash.update(buffer, 0, filled);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, filled);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw NotWrittenException.of("the content store ", store.directory(), "", e);
        }
        filled = 0;
    }

    public synchronized void restart() throws IOException {
        channel.truncate(0);
        hash = Digests.start(algorithm);
        filled = 0;
        written = 0;
    }

    /** Returns the digest of all bytes written. */
    public synchronized Digest finish() throws IOException {
        flush();
        return Digests.finish(algorithm, hash);
    }

    ContentStore.Blob commit() throws IOException {
        return publish(finish());
    }

    /** Publishes the blob under its digest. */
    public synchronized ContentStore.Blob publish(Digest digest) throws IOException {
        channel.close();
        return store.publish(part, digest, written);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
