package io.sealos.oci.internal.layer;

import io.sealos.oci.BuildListener;
import io.sealos.oci.PhaseEvent;
import io.sealos.oci.internal.progress.ByteMeter;
import java.util.function.LongSupplier;

/** Reports one layer as events, progress at most five times a second. */
final class LayerReport {
    private final BuildListener listener;
    private final String layer;
    private final long size;
    private final ByteMeter meter;
    private LongSupplier written = () -> 0;

    /**
     * Creates a report.
     *
     * @param layer the instruction that creates the layer
     * @param size the number of bytes to read
     */
    LayerReport(BuildListener listener, String layer, long size) {
        this.listener = listener;
        this.layer = layer;
        this.size = size;
        this.meter = new ByteMeter(size, this::progressed);
    }

    /** Reports the start, and sets the source of the number of stored bytes. */
    void started(LongSupplier stored) {
        written = stored;
        listener.onEvent(new PhaseEvent.LayerStarted(layer, size));
    }

    /** Called with the number of bytes read so far. */
    void read(long bytes) {
        meter.at(bytes);
    }

    private void progressed(long read, long added) {
        listener.onEvent(new PhaseEvent.LayerProgressed(layer, read, written.getAsLong(), size, added));
    }

    /** Reports that the layer was written, and returns it. */
    LayerBlob finished(LayerBlob blob) {
        listener.onEvent(new PhaseEvent.LayerFinished(layer, blob.digest(), size, blob.size(), meter.finish()));
        return blob;
    }

    /** Reports that the layer is that of an earlier build, and returns it. */
    LayerBlob reused(LayerBlob blob) {
        listener.onEvent(new PhaseEvent.LayerReused(layer, blob.digest(), size, blob.size()));
        return blob;
    }
}
