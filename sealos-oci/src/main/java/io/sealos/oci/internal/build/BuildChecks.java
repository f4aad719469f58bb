package io.sealos.oci.internal.build;

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
 * The outcomes of the two checks of a build that read every file of the context. They run at the same time.
 *
 * @param rules the findings of the layout rules
 * @param copies the files that each COPY brings
 */
record BuildChecks(ItemOutcome<LayoutReport> rules, ItemOutcome<CopyCheck> copies) {
    static BuildChecks run(Callable<LayoutReport> rules, Callable<CopyCheck> copies, Optional<Executor> executor)
            throws InterruptedIOException {
        List<Callable<?>> both = List.of(rules, copies);
        try (WorkPool pool = WorkPool.of(both.size(), executor)) {
            List<ItemOutcome<Object>> outcomes = List.copyOf(
                    pool.<Callable<?>, Object>forEach(both, Callable::call).values());
            return new BuildChecks(
                    outcomes.get(0).as(LayoutReport.class), outcomes.get(1).as(CopyCheck.class));
        } catch (InterruptedException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }
}
