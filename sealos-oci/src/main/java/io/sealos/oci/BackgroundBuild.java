package io.sealos.oci;

import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * A build that runs in a thread of its own or of an executor, with its progress, its result and its cancellation.
 *
 * <pre>{@code
 * BackgroundBuild<BuildResult> build = BackgroundBuild.start(listener -> ClusterImage.builder()
 *         .context(directory)
 *         .listener(listener)
 *         .build()
 *         .writeTo(OciLayout.archive(file)));
 * // Meanwhile, in other threads:
 * page.send(build.progress().toJson());
 * build.cancel();
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @param <T> the type of the result, such as {@link BuildResult}
 * @since 0.1.0
 */
public final class BackgroundBuild<T> implements AutoCloseable {
    private final Work<T> work;
    private final Progress progress;
    private final Executor executor;
    private final CompletableFuture<T> result = new Result();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Task task = new Task();
    private Progress.State state = Progress.State.NEW;
    private Optional<Thread> thread = Optional.empty();
    private Optional<Instant> startTime = Optional.empty();
    private Optional<Instant> endTime = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean cancelled;

    /**
     * The calls of a build.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Makes the calls. It may make several, such as one for each target, and returns when they have ended.
         *
         * @param listener the listener, which is to be passed to the builders; without it, there is no progress
         * @return the result
         * @throws IOException if a call fails or is interrupted
         */
        T run(BuildListener listener) throws IOException;
    }

    /** A future that cancels the build when it is cancelled itself. */
    private final class Result extends CompletableFuture<T> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean isCancelled = super.cancel(mayInterruptIfRunning);
            stop();
            return isCancelled;
        }
    }

    /** The task of the executor, which can be cancelled as a future while it waits in a queue. */
    private final class Task extends FutureTask<Void> {
        Task() {
            super(BackgroundBuild.this::run, null);
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                BackgroundBuild.this.cancel();
            }
        }
    }

    private BackgroundBuild(Progress progress, Executor executor, Work<T> work) {
        this.executor = Objects.requireNonNull(executor, "executor");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.work = Objects.requireNonNull(work, "work");
    }

    /**
     * Starts a build with one call that writes, in a new thread. The thread ends with the build, and keeps the process
     * alive until then.
     *
     * @param <T> the type of the result
     * @param work the calls of the build
     * @return the build, which is running
     */
    public static <T> BackgroundBuild<T> start(Work<T> work) {
        return start(Progress.create(), BackgroundBuild::inNewThread, work);
    }

    /**
     * Starts a build with an executor.
     *
     * @param <T> the type of the result
     * @param progress the progress of this build, which is not used for another one, such as {@link Progress#ofCalls}
     * @param executor runs the build; if its thread is interrupted, the build is cancelled. It receives a
     *     {@link java.util.concurrent.Future}, so that {@link ThreadPoolExecutor#purge} removes a cancelled build, and
     *     one that {@link java.util.concurrent.ExecutorService#shutdownNow} returns can be cancelled; a cancelled build
     *     is removed from the queue of a {@link ThreadPoolExecutor} itself
     * @param work the calls of the build
     * @return the build, which may wait for a thread
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not accept the build
     */
    public static <T> BackgroundBuild<T> start(Progress progress, Executor executor, Work<T> work) {
        BackgroundBuild<T> build = new BackgroundBuild<>(progress, executor, work);
        executor.execute(build.task);
        return build;
    }

    private static void inNewThread(Runnable build) {
        Thread thread = new Thread(build, "sealos-build");
        thread.setDaemon(false);
        thread.start();
    }

    private void run() {
        if (!begin()) {
            return;
        }
        try {
            T value = work.run(progress);
            end(Progress.State.COMPLETE, Optional.empty());
            result.complete(value);
        } catch (Throwable e) {
            boolean interrupted = Interruptions.isInterruption(e);
            end(
                    interrupted ? Progress.State.CANCELLED : Progress.State.FAILED,
                    interrupted ? Optional.empty() : Optional.of(e));
            result.completeExceptionally(interrupted ? cancellation(e) : e);
        } finally {
            leave();
        }
    }

    private synchronized boolean begin() {
        boolean open = state == Progress.State.NEW;
        if (open) {
            state = Progress.State.RUNNING;
            startTime = Optional.of(Instant.now());
            thread = Optional.of(Thread.currentThread());
        }
        return open;
    }

    /** Records the end. The interrupt was meant for the build, and not for what its thread does next. */
    private synchronized void end(Progress.State how, Optional<Throwable> why) {
        state = how;
        failure = why;
        endTime = Optional.of(Instant.now());
        if (cancelled) {
            Thread.interrupted();
        }
    }

    private synchronized void leave() {
        thread = Optional.empty();
        ended.countDown();
    }

    private static CancellationException cancellation(Throwable cause) {
        CancellationException cancellation = new CancellationException("the build was cancelled");
        cancellation.initCause(cause);
        return cancellation;
    }

    /**
     * {@return the progress of this build at this moment} Its state is that of the whole build: it is
     * {@link Progress.State#NEW} while the build waits for a thread, and {@link Progress.State#RUNNING} until all calls
     * have ended and temporary files are deleted. The percentage is 100 only if the build is complete.
     */
    public synchronized Progress.Snapshot progress() {
        Progress.Snapshot now = progress.snapshot();
        OptionalInt percent = switch (state) {
            case COMPLETE -> OptionalInt.of(100);
            case NEW -> OptionalInt.empty();
            default -> now.percent().stream().map(value -> Math.min(99, value)).findFirst();
        };
        return new Progress.Snapshot(state, percent, now.current(), now.phases());
    }

    /**
     * {@return the result of this build} The future completes when the build has ended: with the value that the calls
     * have returned, with the exception that they have thrown, such as an {@link IOException} or
     * {@link io.sealos.SealosException}, or as cancelled. To cancel the future cancels the build, which then still
     * deletes its temporary files, as after {@link #cancel}.
     */
    public CompletableFuture<T> result() {
        return result;
    }

    /**
     * {@return the exception with which this build has failed; empty if it has not ended, is complete, or was
     * cancelled} {@link io.sealos.SealosException#partsOf} has its places, problems and fixes.
     */
    public synchronized Optional<Throwable> failure() {
        return failure;
    }

    /**
     * {@return when this build was started in its thread; empty while it waits for a thread, and if it never got one}
     */
    public synchronized Optional<Instant> startTime() {
        return startTime;
    }

    /** {@return when this build was complete, failed or cancelled; empty before} */
    public synchronized Optional<Instant> endTime() {
        return endTime;
    }

    /**
     * Cancels this build, and returns without waiting. A build that waits for a thread never starts. The thread of a
     * running build is interrupted: the build stops, deletes its temporary files, and then completes {@link #result} as
     * cancelled. An earlier output is unchanged. A build that has ended, or is about to succeed, is not changed.
     */
    public void cancel() {
        if (stop()) {
            result.cancel(false);
        }
    }

    /** Cancels the build, and returns whether it has not begun and never will. */
    private boolean stop() {
        boolean waiting = interrupt();
        if (waiting) {
            task.cancel(false);
            if (executor instanceof ThreadPoolExecutor pool) {
                pool.remove(task);
            }
        }
        return waiting;
    }

    /** Interrupts the thread of the build, and returns whether the build has not begun and never will. */
    private synchronized boolean interrupt() {
        cancelled = true;
        if (state == Progress.State.RUNNING) {
            thread.ifPresent(Thread::interrupt);
        }
        boolean waiting = state == Progress.State.NEW;
        if (waiting) {
            state = Progress.State.CANCELLED;
            endTime = Optional.of(Instant.now());
            ended.countDown();
        }
        return waiting;
    }

    /**
     * Cancels this build unless it has ended, and waits until it has deleted its temporary files. An interrupt does not
     * end the wait, and is kept. A call by the thread of the build itself, such as by a listener, does not wait.
     */
    @Override
    public void close() {
        cancel();
        if (isOwnThread()) {
            return;
        }
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isOwnThread() {
        return thread.filter(Thread.currentThread()::equals).isPresent();
    }

    /** {@return the state and the percentage, such as {@code build running, 62%}} */
    @Override
    public String toString() {
        Progress.Snapshot now = progress();
        return "build " + now.state().name().toLowerCase(Locale.ROOT)
                + now.percent().stream()
                        .mapToObj(percent -> ", " + percent + "%")
                        .findFirst()
                        .orElse("");
    }
}
