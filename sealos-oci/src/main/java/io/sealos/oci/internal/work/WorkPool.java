package io.sealos.oci.internal.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Executes work on several threads: those of the caller's executor, or threads of this pool, which end with
 * {@link #close()}. The calling thread always takes part. An executor that is busy, rejects work, or waits for this
 * call may therefore delay the work, but does not block it. When a call returns, no thread is still working for it.
 * Thread-safe.
 */
public final class WorkPool implements AutoCloseable {
    private final int threads;
    private final Executor executor;
    private final Optional<ExecutorService> own;

    private WorkPool(int threads, Executor executor, Optional<ExecutorService> own) {
        this.threads = threads;
        this.executor = executor;
        this.own = own;
    }

    /**
     * Creates a pool.
     *
     * @param threads the maximum number of items in work at the same time
     * @param executor the executor of the caller; empty for daemon threads of this pool
     */
    public static WorkPool of(int threads, Optional<Executor> executor) {
        if (executor.isPresent()) {
            return new WorkPool(threads, executor.get(), Optional.empty());
        }
        ExecutorService own = Executors.newFixedThreadPool(threads, WorkPool::daemon);
        return new WorkPool(threads, own, Optional.of(own));
    }

    /**
     * Executes the work for every item, even if some of them fail, and returns the outcomes in the order of the items.
     */
    public <T, R> Map<T, ItemOutcome<R>> forEach(List<T> items, Work<T, R> work) throws InterruptedException {
        WorkRound<T, R> round = run(new WorkRound<>(items, work, false), items.size());
        Map<T, ItemOutcome<R>> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            outcomes.put(items.get(i), round.outcome(i));
        }
        return outcomes;
    }

    /**
     * Executes the work for every item, and stops at the first failure.
     *
     * @return the results in the order of the items
     * @throws IOException the first failure, see {@link ItemOutcome#orThrow()}
     */
    public <T, R> List<R> all(List<T> items, Work<T, R> work) throws IOException, InterruptedException {
        WorkRound<T, R> round = run(new WorkRound<>(items, work, true), items.size());
        List<R> results = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            results.add(round.resultOrFirstFailure(i));
        }
        return results;
    }

    /** Offers work to the threads, and returns whether they accept it. If not, the calling thread has to execute it. */
    public boolean offer(Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private <T, R> WorkRound<T, R> run(WorkRound<T, R> round, int items) throws InterruptedException {
        boolean whole = false;
        try {
            for (int i = 1; i < Math.min(threads, items) && offer(round); i++) {
                // Each of these threads takes items until none is left.
            }
            round.takePart();
            whole = true;
        } finally {
            round.end(whole);
        }
        return round;
    }

    @Override
    public void close() {
        own.ifPresent(WorkPool::end);
    }

    /** Ends the threads, which are idle. */
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

    /** The work for one item. */
    public interface Work<T, R> {
        /**
         * Executes the work. An exception becomes the outcome of the item, except for an InterruptedException, which
         * ends all work.
         */
        R on(T item) throws Exception;
    }
}
