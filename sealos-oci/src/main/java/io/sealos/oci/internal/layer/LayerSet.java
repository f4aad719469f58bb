package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        return all(steps, writer::write, executor);
    }

    /**
     * Writes the layers of steps without the given blobs.
     *
     * @param executor the executor of the caller; empty for threads that end with the call
     * @return the layers in the order of the steps
     */
    public static List<SplitLayer> split(
            List<PlannedStep> steps, LayerWriter writer, Set<Digest> leftOut, Optional<Executor> executor)
            throws IOException {
        return all(steps, (step, pool) -> writer.split(step, pool, leftOut), executor);
    }

    /** Writes one layer. */
    private interface Writing<T> {
        T write(PlannedStep step, WorkPool pool) throws IOException;
    }

    private static <T> List<T> all(List<PlannedStep> steps, Writing<T> writing, Optional<Executor> executor)
            throws IOException {
        try (WorkPool pool = WorkPool.of(Runtime.getRuntime().availableProcessors(), executor)) {
            return pool.all(steps, step -> writing.write(step, pool));
        } catch (InterruptedException e) {
            throw Interruptions.during("layers were written", e);
        }
    }
}
