package io.sealos.oci.internal.layer;

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

/** Makes one piece of a gzip stream: as an earlier build has stored it, else by compressing it. */
final class PieceWork {
    /** A tenth more bytes than at level 6 in a sixth of the time. */
    private static final int LEVEL = 2;

    private static final int BUFFER = 1 << 16;
    private static final byte[] NOTHING = new byte[0];

    private byte[] tar;
    private final int length;
    private final boolean last;
    private final FutureTask<Optional<Piece>> task = new FutureTask<>(this::make);
    private final @Nullable EarlierPieces earlier;
    private final Queue<Deflater> deflaters;
    private byte[] stored = NOTHING;

    /**
     * A piece that is still to be made.
     *
     * @param last whether the stream ends with it
     * @param earlier null: nobody will ask for the piece again, so that it gets no name
     * @param deflaters those that are free; they hold much memory, which takes time to get
     */
    PieceWork(byte[] tar, int length, boolean last, @Nullable EarlierPieces earlier, Queue<Deflater> deflaters) {
        this.tar = tar;
        this.length = length;
        this.last = last;
        this.earlier = earlier;
        this.deflaters = deflaters;
    }

    /** Makes the piece, unless another thread has begun. */
    void run() {
        task.run();
    }

    /** The piece, when it is made; empty where it has no name. */
    Optional<Piece> await() throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw Interruptions.during("a layer was compressed", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a piece of a layer could not be compressed", e.getCause());
        }
    }

    /**
     * Writes the piece, once it is made, and lets go of it: a busy executor may hold on to this for long.
     *
     * @return the bytes of the tar, which nobody reads any more
     */
    byte[] writeTo(OutputStream out) throws IOException {
        out.write(stored);
        byte[] free = tar;
        stored = NOTHING;
        tar = NOTHING;
        return free;
    }

    private Optional<Piece> make() {
        if (earlier == null) {
            stored = compressed();
            return Optional.empty();
        }
        // The end of a stream is stored in another way.
        String content =
                (last ? "end-" : "") + HashingOutput.digestOf(tar, length).hex();
        byte @Nullable [] known = earlier.find(content);
        stored = known == null ? compressed() : known;
        return Optional.of(
                new Piece(content, HashingOutput.digestOf(stored, stored.length).hex(), stored.length));
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
