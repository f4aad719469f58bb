package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.work.Interruptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Produces one chunk of a gzip stream, by taking it from an earlier build or by compressing it. */
final class ChunkTask {
    /** The compression level. Compared with level 6, it results in a tenth more bytes and takes a sixth of the time. */
    private static final int LEVEL = 2;

    private static final int BUFFER = 1 << 16;
    private static final byte[] NOTHING = new byte[0];

    private byte[] tar;
    private final int length;
    private final boolean last;
    private final FutureTask<Optional<Chunk>> task = new FutureTask<>(this::make);
    private final @Nullable EarlierChunks earlier;
    private final Queue<Deflater> deflaters;
    private byte[] stored = NOTHING;

    /**
     * Creates a task.
     *
     * @param last whether the chunk ends the stream
     * @param earlier the chunks of an earlier build; null if no later build will use this one, which then needs no name
     * @param deflaters unused deflaters, which are expensive to create
     */
    ChunkTask(byte[] tar, int length, boolean last, @Nullable EarlierChunks earlier, Queue<Deflater> deflaters) {
        this.tar = tar;
        this.length = length;
        this.last = last;
        this.earlier = earlier;
        this.deflaters = deflaters;
    }

    /** Produces the chunk, unless another thread already does. */
    void run() {
        task.run();
    }

    /** Waits for the chunk, and returns its description; empty if it has no name. */
    Optional<Chunk> await() throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw Interruptions.during("a layer was compressed", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a chunk of a layer could not be compressed", e.getCause());
        }
    }

    /**
     * Waits for the chunk, writes it, and releases its bytes, because a busy executor may keep a reference to this
     * task.
     *
     * @return the array with the bytes of the tar, which can be reused
     */
    byte[] writeTo(OutputStream out) throws IOException {
        out.write(stored);
        byte[] free = tar;
        stored = NOTHING;
        tar = NOTHING;
        return free;
    }

    private Optional<Chunk> make() {
        if (earlier == null) {
            stored = compressed();
            return Optional.empty();
        }
        // The last chunk has another form.
        String content = (last ? "end-" : "") + Digests.sha256(tar, length).hex();
        byte @Nullable [] known = earlier.find(content);
        stored = known == null ? compressed() : known;
        return Optional.of(new Chunk(content, Digests.sha256(stored).hex(), stored.length));
    }

    private byte[] compressed() {
        Deflater free = deflaters.poll();
        Deflater deflater = free == null ? new Deflater(LEVEL, true) : free;
        try {
            return compressed(deflater);
        } finally {
            deflater.reset();
            deflaters.add(deflater);
        }
    }

    private byte[] compressed(Deflater deflater) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
        byte[] buffer = new byte[BUFFER];
        deflater.setInput(tar, 0, length);
        if (last) {
            deflater.finish();
        }
        int mode = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
        int written;
        do {
            written = deflater.deflate(buffer, 0, buffer.length, mode);
            bytes.write(buffer, 0, written);
        } while (written == buffer.length);
        return bytes.toByteArray();
    }
}
