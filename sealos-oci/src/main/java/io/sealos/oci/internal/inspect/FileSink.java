package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.http.BlobSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Writes a blob into a temporary file, which is opened for each piece, so that nothing remains open. */
final class FileSink implements BlobSink {
    private final Path file;
    private final String algorithm;
    private MessageDigest hash;
    private long written;

    FileSink(Path file, String algorithm) {
        this.file = file;
        this.algorithm = algorithm;
        this.hash = Digests.start(algorithm);
    }

    @Override
    public void asks(String host) {
        // The host is not needed.
    }

    @Override
    public synchronized long written() {
        return written;
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        ByteBuffer piece = bytes.duplicate();
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        written += piece.remaining();
        hash.update(piece);
    }

    @Override
    public synchronized void restart() throws IOException {
        Files.deleteIfExists(file);
        hash = Digests.start(algorithm);
        written = 0;
    }

    @Override
    public synchronized Digest finish() {
        return Digests.finish(algorithm, hash);
    }
}
