package io.sealos.images.internal.sealos;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An input stream that copies the bytes that are read to a second reader, so that a file of any size is read only once.
 */
public final class TappedInput extends FilterInputStream {
    private final OutputStream tap;

    public TappedInput(InputStream in, OutputStream tap) {
        super(in);
        this.tap = tap;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            tap.write(value);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int got = super.read(bytes, from, count);
        if (got > 0) {
            tap.write(bytes, from, got);
        }
        return got;
    }
}
