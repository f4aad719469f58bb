package io.sealos.oci.internal.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A bounded number of threads of its own, gone when it is closed. */
final class Parallel implements AutoCloseable {
    private final ExecutorService threads;

    Parallel(int count) {
        threads = Executors.newFixedThreadPool(count, Parallel::daemon);
    }

    /** Does the work for every item, however many of them fail; results in the order of the items. */
    <T, R> Map<T, Result<R>> forEach(List<T> items, Work<T, R> work) throws InterruptedException {
        List<Callable<Result<R>>> calls = new ArrayList<>();
        for (T item : items) {
            calls.add(() -> attempt(item, work));
        }
        List<Future<Result<R>>> done = threads.invokeAll(calls);
        Map<T, Result<R>> results = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            results.put(items.get(i), value(done.get(i)));
        }
        return results;
    }

    private static <T, R> Result<R> attempt(T item, Work<T, R> work) throws InterruptedException {
        try {
            return new Result<>(Optional.of(work.on(item)), Optional.empty());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new Result<>(Optional.empty(), Optional.of(e));
        }
    }

    private static <R> Result<R> value(Future<Result<R>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sealos-image-saver");
        thread.setDaemon(true);
        return thread;
    }

    /** What came of the work for one item: a value or a failure. */
    record Result<R>(Optional<R> value, Optional<Exception> failure) {}

    /** The work for one item. */
    interface Work<T, R> {
        R on(T item) throws Exception;
    }
}
