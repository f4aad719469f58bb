package io.sealos.oci.internal.registry;

import io.sealos.oci.internal.Execution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Work on many items at a time. The calling thread takes part, so that an executor that is busy, rejects work, or is
 * waiting for this very call, delays it but never blocks it. Nothing is at work any more when a call returns.
 */
public final class Parallel implements AutoCloseable {
    private final int count;
    private final Executor executor;
    private final Optional<ExecutorService> own;

    private Parallel(int count, Executor executor, Optional<ExecutorService> own) {
        this.count = count;
        this.executor = executor;
        this.own = own;
    }

    /** On the caller's executor, or else on threads that end with {@link #close()}; on so many at most. */
    public static Parallel of(int count, Optional<Executor> executor) {
        if (executor.isPresent()) {
            return new Parallel(count, executor.get(), Optional.empty());
        }
        ExecutorService threads = Executors.newFixedThreadPool(count, Parallel::daemon);
        return new Parallel(count, threads, Optional.of(threads));
    }

    /** Does the work for every item, however many of them fail; results in the order of the items. */
    public <T, R> Map<T, Result<R>> forEach(List<T> items, Work<T, R> work) throws InterruptedException {
        WorkRound<T, R> round = new WorkRound<>(items, work);
        boolean whole = false;
        try {
            for (int i = 1; i < Math.min(count, items.size()) && Execution.offer(executor, round); i++) {
                // Each of these threads takes items as long as there are some.
            }
            round.takePart();
            whole = true;
        } finally {
            round.end(whole);
        }
        Map<T, Result<R>> results = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            results.put(items.get(i), round.result(i));
        }
        return results;
    }

    @Override
    public void close() {
        own.ifPresent(Parallel::end);
    }

    /** They have nothing to do any more, so they end at once. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sealos-worker");
        thread.setDaemon(true);
        return thread;
    }

    /** What came of the work for one item: a value or a failure. */
    public record Result<R>(Optional<R> value, Optional<Exception> failure) {}

    /** The work for one item. */
    public interface Work<T, R> {
        R on(T item) throws Exception;
    }
}
