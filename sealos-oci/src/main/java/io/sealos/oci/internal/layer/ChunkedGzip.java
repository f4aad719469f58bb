package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses a tar in chunks on several threads, and takes unchanged chunks from an earlier build. The chunks form one
 * member of a gzip file (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>) that every reader can read. The
 * same tar always results in the same bytes, regardless of threads and earlier builds.
 */
final class ChunkedGzip extends OutputStream {
    /** The gzip header, without a time, a name and an operating system. */
    static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** The maximum number of chunks that wait to be written. More chunks would use memory without saving time. */
    private static final int OPEN = Math.min(Runtime.getRuntime().availableProcessors() + 1, 8);
    /**
     * The maximum number of recorded chunks. Of larger layers, which rarely change, only the first chunks are recorded.
     */
    private static final int MOST_REMEMBERED = 1 << 15;

    private final OutputStream stored;
    private final WorkPool pool;
    private final @Nullable EarlierChunks earlier;
    private final CRC32 crc = new CRC32();
    private final Deque<ChunkTask> open = new ArrayDeque<>();
    private final Deque<byte[]> buffers = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private byte[] current = new byte[ChunkBoundaries.MOST];
    private int size;
    private long total;
    private boolean closed;

    /**
     * Creates a stream and writes the header.
     *
     * @param stored receives the compressed bytes
     * @param pool the threads that compress chunks
     * @param earlier the chunks of an earlier build; null if no later build will use these chunks
     */
    ChunkedGzip(OutputStream stored, WorkPool pool, @Nullable EarlierChunks earlier) throws IOException {
        this.stored = stored;
        this.pool = pool;
        this.earlier = earlier;
        stored.write(HEADER);
    }

    /** Returns the recorded chunks in their order, after the stream was closed. */
    List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        total += length;
        int from = offset;
        while (from < offset + length) {
            int part = Math.min(offset + length - from, current.length - size);
            System.arraycopy(bytes, from, current, size, part);
            from += part;
            size += part;
            if (size == current.length) {
                cut(ChunkBoundaries.end(current, size));
            }
        }
    }

    private void cut(int end) throws IOException {
        byte[] rest = buffers.isEmpty() ? new byte[ChunkBoundaries.MOST] : buffers.pop();
        System.arraycopy(current, end, rest, 0, size - end);
        begin(current, end, false);
        current = rest;
        size -= end;
    }

    private void begin(byte[] tar, int length, boolean last) throws IOException {
        ChunkTask work = new ChunkTask(tar, length, last, earlier, deflaters);
        open.add(work);
        if (!pool.offer(work::run)) {
            work.run();
        }
        while (open.size() > OPEN) {
            finishOldest();
        }
    }

    private void finishOldest() throws IOException {
        ChunkTask oldest = open.remove();
        // This thread takes part, so it never waits for a busy executor.
        oldest.run();
        oldest.await().filter(chunk -> chunks.size() < MOST_REMEMBERED).ifPresent(chunks::add);
        buffers.push(oldest.writeTo(stored));
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (stored) {
            for (int end = ChunkBoundaries.end(current, size); end < size; end = ChunkBoundaries.end(current, size)) {
                cut(end);
            }
            begin(current, size, true);
            while (!open.isEmpty()) {
                finishOldest();
            }
            stored.write(trailer());
        } finally {
            for (Deflater free = deflaters.poll(); free != null; free = deflaters.poll()) {
                free.end();
            }
        }
    }

    private byte[] trailer() {
        ByteBuffer trailer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return trailer.putInt((int) crc.getValue()).putInt((int) total).array();
    }
}
