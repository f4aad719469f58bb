package io.sealos.oci.internal.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A stream that ends with an {@link InterruptedIOException} when its thread is interrupted, whatever it reads from. */
public final class InterruptibleInput extends FilterInputStream {
    /** Creates a stream that closes the other one when it is closed. */
    public InterruptibleInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        check();
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        check();
        return in.read(bytes, offset, length);
    }

    private static void check() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while a file was read");
        }
    }
}
