package io.sealos.oci;

import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.internal.work.ItemOutcome;
import io.sealos.oci.internal.work.WorkPool;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * The outcomes of the two checks of a build that look at every file of the context, made at the same time.
 *
 * @param layout the findings of the layout rules
 * @param copies the files that each COPY brings
 */
record FileChecks(ItemOutcome<LayoutReport> layout, ItemOutcome<CopyCheck> copies) {
    static FileChecks run(Callable<LayoutReport> layout, Callable<CopyCheck> copies, Optional<Executor> executor)
            throws InterruptedIOException {
        List<Callable<?>> both = List.of(layout, copies);
        try (WorkPool pool = WorkPool.of(both.size(), executor)) {
            List<ItemOutcome<Object>> outcomes = List.copyOf(
                    pool.<Callable<?>, Object>forEach(both, Callable::call).values());
            return new FileChecks(
                    outcomes.get(0).as(LayoutReport.class), outcomes.get(1).as(CopyCheck.class));
        } catch (InterruptedException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }
}
