package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Writes the layers of an image in parallel. */
public final class LayerSet {
    private LayerSet() {}

    /**
     * Writes the layers of steps, each of which adds files.
     *
     * @param executor the executor of the caller; empty for threads that end with the call
     * @return the layers in the order of the steps
     */
    public static List<LayerBlob> write(List<PlannedStep> steps, LayerWriter writer, Optional<Executor> executor)
            throws IOException {
        try (WorkPool pool = WorkPool.of(Runtime.getRuntime().availableProcessors(), executor)) {
            return pool.all(steps, step -> writer.write(step, pool));
        } catch (InterruptedException e) {
            throw Interruptions.during("layers were written", e);
        }
    }
}
