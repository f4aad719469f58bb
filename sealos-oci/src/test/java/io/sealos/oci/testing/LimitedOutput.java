package io.sealos.oci.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** The body of a response, which is sent at a limited rate, and counted. */
final class LimitedOutput extends FilterOutputStream {
    private final RateLimit rate;
    private final RequestLog log;

    LimitedOutput(OutputStream out, RateLimit rate, RequestLog log) {
        super(out);
        this.rate = rate;
        this.log = log;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, rate.part());
            await(part);
            out.write(content, offset + done, part);
            log.served(part);
            done += part;
        }
    }

    private void await(int bytes) throws InterruptedIOException {
        try {
            rate.pass(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a response was sent");
        }
    }
}
