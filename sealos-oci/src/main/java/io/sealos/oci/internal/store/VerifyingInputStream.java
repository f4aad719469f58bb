package io.sealos.oci.internal.store;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Compares a blob of the store with its digest while it is read. A damaged blob is removed, so it is fetched again. */
final class VerifyingInputStream extends FilterInputStream {
    private final Path blob;
    private final Digest digest;
    private final MessageDigest hash;
    private boolean ended;

    VerifyingInputStream(Path blob, Digest digest) throws IOException {
        super(Files.newInputStream(blob));
        this.blob = blob;
        this.digest = digest;
        this.hash = Digests.start(digest.algorithm());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            hash.update(bytes, offset, read);
        } else if (read < 0 && !ended) {
            ended = true;
            check();
        }
        return read;
    }

    /** Skips bytes by reading them, because all bytes are hashed. */
    @Override
    public long skip(long count) throws IOException {
        byte[] passed = new byte[(int) Math.min(Math.max(count, 0), 1 << 16)];
        return Math.max(read(passed, 0, passed.length), 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void check() throws IOException {
        Digest actual = Digests.finish(digest.algorithm(), hash);
        if (!actual.equals(digest)) {
            Files.deleteIfExists(blob);
            throw new IOException("the content store had " + actual + " in the place of " + digest
                    + ", for something has damaged it; it is removed: build again");
        }
    }
}
