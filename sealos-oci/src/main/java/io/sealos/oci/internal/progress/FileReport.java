package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildListener;
import io.sealos.oci.PhaseEvent;

/** Reports one file of the output as events, progress at most five times a second. */
public final class FileReport {
    private final BuildListener listener;
    private final String file;
    private final long size;
    private final ByteMeter meter;

    public FileReport(BuildListener listener, String file, long size) {
        this.listener = listener;
        this.file = file;
        this.size = size;
        this.meter = new ByteMeter(size, this::progressed);
    }

    /** Called with the number of bytes written so far. */
    public void written(long bytes) {
        meter.at(bytes);
    }

    private void progressed(long written, long added) {
        listener.onEvent(new PhaseEvent.FileProgressed(file, written, size, added));
    }

    /** Reports that the file is complete. */
    public void finished(boolean reused) {
        listener.onEvent(new PhaseEvent.FileFinished(file, size, reused, meter.finish()));
    }
}
