package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackgroundBuildTests {
    @TempDir
    Path directory;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void resultWhenBuildSucceedsHasTheValueAndTheProgressIsComplete() throws Exception {
        Path context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
        Path out = directory.resolve("out.tar");
        try (BackgroundBuild<BuildResult> build = BackgroundBuild.start(listener -> ClusterImage.builder()
                .context(context)
                .listener(listener)
                .build()
                .writeTo(OciLayout.archive(out)))) {
            assertThat(build.result().get().layers()).hasSize(1);
            assertThat(build.progress().state()).isEqualTo(Progress.State.COMPLETE);
            assertThat(build.progress().percent()).hasValue(100);
            assertThat(build.progress().phase(BuildPhase.LAYERS)).isPresent();
            assertThat(build).hasToString("build complete, 100%");
        }
        assertThat(out).exists();
    }

    @Test
    void cancelWhenRegistryDoesNotAnswerEndsTheBuildAndLeavesNothing() throws Exception {
        Path context = directory.resolve("context");
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "one.example/team/app:1\n");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage("one.example/team/app:1");
            registry.fault("/manifests/", Fault.stall(Duration.ofMinutes(1), 9));
            BackgroundBuild<BuildResult> build = BackgroundBuild.start(listener -> ClusterImage.builder()
                    .context(context)
                    .registryAccess(registry.access())
                    .contentStore(directory.resolve("store"))
                    .listener(listener.andThen(event -> begin(event)))
                    .build()
                    .writeTo(OciLayout.archive(directory.resolve("out/image.tar"))));
            begun.await();

            build.close();

            assertThat(build.result()).isCancelled();
            assertThat(build.progress().state()).isEqualTo(Progress.State.CANCELLED);
            assertThat(build.failure()).isEmpty();
            assertThat(build.endTime()).isPresent();
        }
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(directory.resolve("store/incoming")).isEmptyDirectory();
    }

    private void begin(BuildEvent event) {
        if (event instanceof PhaseEvent.Started started && started.phase() == BuildPhase.RESOLVE) {
            begun.countDown();
        }
    }

    @Test
    void resultWhenWorkFailsHasItsException() throws Exception {
        IOException failure = new IOException("gone");
        BackgroundBuild<String> build = BackgroundBuild.start(listener -> {
            throw failure;
        });

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> build.result().get())
                .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
        assertThat(build.progress().state()).isEqualTo(Progress.State.FAILED);
        assertThat(build).hasToString("build failed");
        assertThat(build.failure()).containsSame(failure);
        assertThat(build.endTime().orElseThrow())
                .isAfterOrEqualTo(build.startTime().orElseThrow());
    }

    @Test
    void progressWhenBuildIsBetweenTwoCallsIsRunning() throws Exception {
        BackgroundBuild<String> build = BackgroundBuild.start(listener -> {
            listener.onEvent(new CallEvent.Started("write one"));
            listener.onEvent(new CallEvent.Ended("write one", BuildOutcome.COMPLETE));
            begun.countDown();
            waitForRelease();
            return "done";
        });
        begun.await();

        assertThat(build.progress().state()).isEqualTo(Progress.State.RUNNING);
        assertThat(build.startTime()).isPresent();
        assertThat(build.endTime()).isEmpty();
        assertThat(build.failure()).isEmpty();
        assertThat(build.progress().percent()).hasValue(99);
        assertThat(build).hasToString("build running, 99%");

        release.countDown();
        assertThat(build.result().get()).isEqualTo("done");
        assertThat(build.progress().percent()).hasValue(100);
    }

    @Test
    void cancelWhenBuildWaitsForAThreadNeverStartsIt() {
        Deque<Runnable> queue = new ArrayDeque<>();
        AtomicBoolean ran = new AtomicBoolean();
        BackgroundBuild<Boolean> build =
                BackgroundBuild.start(Progress.create(), queue::add, listener -> ran.getAndSet(true));
        assertThat(build.progress().state()).isEqualTo(Progress.State.NEW);
        assertThat(build).hasToString("build new");

        build.close();

        assertThat(build.result()).isCancelled();
        assertThat(build.progress().state()).isEqualTo(Progress.State.CANCELLED);
        queue.remove().run();
        assertThat(ran).isFalse();
    }

    @Test
    void cancelWhenBuildWaitsInAQueueGivesItsPlaceBack() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        pool.execute(this::waitForRelease);
        BackgroundBuild<String> waiting = BackgroundBuild.start(Progress.create(), pool, listener -> "never");

        waiting.cancel();

        assertThat(pool.getQueue()).isEmpty();
        BackgroundBuild<String> next = BackgroundBuild.start(Progress.create(), pool, listener -> "next");
        List<Runnable> stopped = pool.shutdownNow();
        stopped.forEach(task -> ((Future<?>) task).cancel(false));
        assertThat(next.result()).isCancelled();
        assertThat(next.progress().state()).isEqualTo(Progress.State.CANCELLED);
    }

    @Test
    void cancelWhenExecutorIsSharedInterruptsOnlyTheBuild() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            BackgroundBuild<String> build = BackgroundBuild.start(Progress.create(), one, this::waitInterruptibly);
            begun.await();

            build.cancel();

            // Newer versions of Java wrap the exception in get().
            Throwable failure = build.result().handle((value, thrown) -> thrown).get();
            assertThat(failure)
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("the build was cancelled")
                    .hasCauseInstanceOf(InterruptedIOException.class);
            assertThat(one.submit(Thread::interrupted).get()).isFalse();
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void resultWhenFutureIsCancelledCancelsTheBuild() throws Exception {
        BackgroundBuild<String> build = BackgroundBuild.start(this::waitInterruptibly);
        begun.await();

        build.result().cancel(true);
        build.close();

        assertThat(build.progress().state()).isEqualTo(Progress.State.CANCELLED);
    }

    @Test
    void cancelWhenBuildHasEndedChangesNothing() throws Exception {
        BackgroundBuild<String> build = BackgroundBuild.start(listener -> "done");
        assertThat(build.result().get()).isEqualTo("done");

        build.cancel();
        build.close();

        assertThat(build.result()).isCompletedWithValue("done");
        assertThat(build.progress().state()).isEqualTo(Progress.State.COMPLETE);
    }

    @Test
    void closeWhenCalledByTheBuildItselfDoesNotWait() {
        CompletableFuture<BackgroundBuild<String>> own = new CompletableFuture<>();
        BackgroundBuild<String> build = BackgroundBuild.start(listener -> {
            waitForRelease();
            own.join().close();
            return "interrupted: " + Thread.currentThread().isInterrupted();
        });
        own.complete(build);
        CompletableFuture<Void> later = build.result().thenAccept(value -> build.close());
        release.countDown();

        assertThat(later).succeedsWithin(Duration.ofSeconds(30));
        assertThat(build.result()).isCompletedWithValue("interrupted: true");
    }

    @SuppressWarnings("NullAway") // null is what the test is about
    @Test
    void startWhenArgumentIsNullNamesIt() {
        BackgroundBuild.Work<String> work = listener -> "done";

        assertThatNullPointerException()
                .isThrownBy(() -> BackgroundBuild.start(null, Runnable::run, work))
                .withMessage("progress");
        assertThatNullPointerException()
                .isThrownBy(() -> BackgroundBuild.start(Progress.create(), null, work))
                .withMessage("executor");
        assertThatNullPointerException()
                .isThrownBy(() -> BackgroundBuild.start(null))
                .withMessage("work");
    }

    private String waitInterruptibly(BuildListener listener) throws IOException {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the test waited");
        }
    }

    private void waitForRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
