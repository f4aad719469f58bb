package io.sealos.images;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that end with a test. */
record ClosingExecutor(ExecutorService executor) implements AutoCloseable {
    ClosingExecutor(int threads) {
        this(Executors.newFixedThreadPool(threads));
    }

    <T> Future<T> submit(Callable<T> task) {
        return executor.submit(task);
    }

    <T> List<Future<T>> all(List<Callable<T>> tasks) throws InterruptedException {
        return executor.invokeAll(tasks);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
