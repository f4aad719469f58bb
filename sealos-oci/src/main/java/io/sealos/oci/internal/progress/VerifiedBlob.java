package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildListener;
import io.sealos.oci.PhaseEvent;
import java.io.InputStream;

/** Reports a blob that is verified as events, progress at most five times a second. */
public final class VerifiedBlob {
    private final BuildListener listener;
    private final String blob;
    private final long size;
    private final ByteMeter meter;

    public VerifiedBlob(BuildListener listener, String blob, long size) {
        this.listener = listener;
        this.blob = blob;
        this.size = size;
        this.meter = new ByteMeter(size, this::progressed);
    }

    private void progressed(long read, long added) {
        listener.onEvent(new PhaseEvent.VerificationProgressed(blob, read, size, added));
    }

    /** {@return a stream that reports what is read from another one} */
    public InputStream counted(InputStream in) {
        return new CountedInputStream(in, meter::at);
    }

    /** Reports that the blob was verified. */
    public void finished() {
        listener.onEvent(new PhaseEvent.VerificationFinished(blob, size, meter.finish()));
    }
}
