package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.Execution;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Writes the layers of an image in parallel, on the executor of the caller or on threads that end with the call. */
public final class LayerSet {
    private LayerSet() {}

    /** {@return the layers in the order of the steps, without steps that bring nothing} */
    public static List<LayerBlob> write(List<PlannedStep> steps, LayerWriter writer, @Nullable Executor executor)
            throws IOException {
        int helpers = Runtime.getRuntime().availableProcessors() - 1;
        if (executor != null || helpers < 1) {
            return write(steps, writer, executor == null ? Runnable::run : executor, Future::get);
        }
        BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        ExecutorService own = new ThreadPoolExecutor(
                helpers, helpers, 0, TimeUnit.SECONDS, work, task -> new Thread(task, "sealos-layer"));
        try {
            return write(steps, writer, own, layer -> helping(layer, work));
        } finally {
            own.shutdownNow();
            awaitEnd(own);
        }
    }

    /** How this thread waits for a layer. */
    private interface Waiting {
        LayerBlob await(Future<LayerBlob> layer) throws InterruptedException, ExecutionException;
    }

    /** Does what is queued while it waits: pieces of a large layer, for which all other threads may be too busy. */
    private static LayerBlob helping(Future<LayerBlob> layer, BlockingQueue<Runnable> work)
            throws InterruptedException, ExecutionException {
        while (!layer.isDone()) {
            Runnable next = work.poll(1, TimeUnit.MILLISECONDS);
            if (next != null) {
                next.run();
            }
        }
        return layer.get();
    }

    private static List<LayerBlob> write(
            List<PlannedStep> steps, LayerWriter writer, Executor executor, Waiting waiting) throws IOException {
        ReadWriteLock files = new ReentrantReadWriteLock();
        List<FutureTask<LayerBlob>> tasks = new ArrayList<>();
        for (PlannedStep step : steps) {
            TreeNode layer = step.layer();
            if (layer != null) {
                Callable<LayerBlob> work = () -> writer.write(step, layer, executor);
                tasks.add(new FutureTask<>(() -> holding(files.readLock(), work)));
            }
        }
        try {
            return run(tasks, executor, waiting);
        } finally {
            // The files of a failed build are deleted next: nobody may still write them.
            Lock unused = files.writeLock();
            unused.lock();
            try {
                tasks.clear();
            } finally {
                unused.unlock();
            }
        }
    }

    private static LayerBlob holding(Lock files, Callable<LayerBlob> work) throws Exception {
        files.lock();
        try {
            return work.call();
        } finally {
            files.unlock();
        }
    }

    private static List<LayerBlob> run(List<FutureTask<LayerBlob>> tasks, Executor executor, Waiting waiting)
            throws IOException {
        List<LayerBlob> blobs = new ArrayList<>();
        try {
            for (int i = 0; i < tasks.size() && Execution.offer(executor, tasks.get(i)); i++) {
                // Where one is not taken, the others would not be either.
            }
            // Helps out, so that nothing waits for an executor that is busy, rejects, or that this thread belongs to.
            tasks.forEach(FutureTask::run);
            for (FutureTask<LayerBlob> task : tasks) {
                blobs.add(waiting.await(task));
            }
            return blobs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while layers were written");
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
    }

    private static void awaitEnd(ExecutorService own) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = own.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
