package io.sealos.oci.internal.progress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** An input stream that tells the number of bytes that were read so far. */
public final class CountedInputStream extends FilterInputStream {
    private final LongConsumer onRead;
    private long count;

    public CountedInputStream(InputStream in, LongConsumer onRead) {
        super(in);
        this.onRead = onRead;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        add(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        add(read);
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        add(skipped);
        return skipped;
    }

    private void add(long bytes) {
        if (bytes > 0) {
            count += bytes;
            onRead.accept(count);
        }
    }
}
