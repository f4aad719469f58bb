package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.work.WorkPool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A tar that is stored while it is written, with the digests of the tar and of the stored bytes. Not thread-safe. */
final class PackedTar implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Storage storage;
    private final DigestingOutputStream stored;
    private final OutputStream packed;
    private final DigestingOutputStream tar;
    private final OutputStream out;

    /** If the tar is not compressed, it is hashed only once. */
    private PackedTar(Storage storage, DigestingOutputStream stored, OutputStream packed) {
        this.storage = storage;
        this.stored = stored;
        this.packed = packed;
        this.tar = packed == stored ? stored : new DigestingOutputStream(packed);
        this.out = new BufferedOutputStream(tar, BUFFER);
    }

    /**
     * {@return a tar that is stored in a file or stream, which is closed with it}
     *
     * @param earlier the chunks of an earlier build; null if no later build will use the chunks of this one
     */
    @SuppressWarnings("resource") // closed with the stream around it
    static PackedTar of(OutputStream file, Storage storage, WorkPool pool, @Nullable EarlierChunks earlier)
            throws IOException {
        DigestingOutputStream stored = new DigestingOutputStream(file);
        return new PackedTar(storage, stored, storage.around(stored, pool, earlier));
    }

    /** {@return the stream that receives the tar, and must be closed at its end} */
    OutputStream out() {
        return out;
    }

    /** {@return the number of bytes that were stored} */
    long stored() {
        return stored.count();
    }

    /** {@return the layer, after the tar was written} Must be called only once. */
    LayerBlob layer(Path file, String description) {
        LayerBlob blob = LayerBlob.of(file, storage, stored, tar, description);
        return packed instanceof ChunkedGzip gzip ? blob.madeOf(gzip.chunks()) : blob;
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
