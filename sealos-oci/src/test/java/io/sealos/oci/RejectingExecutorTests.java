package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.oci.testing.InProcessRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An executor that takes no more work blocks nothing and changes nothing. */
@Timeout(120)
class RejectingExecutorTests {
    @TempDir
    private Path directory;

    private Path context;

    @BeforeEach
    void makeContext() throws Exception {
        context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch\nCOPY registry registry\nCOPY big big\nCOPY manifests manifests\n");
        // Of several chunks.
        Files.writeString(context.resolve("big"), "0123456789".repeat(200_000));
        Files.createDirectories(context.resolve("manifests"));
    }

    private Digest build(Executor executor, String name) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage("registry.example/team/app:1", "linux/amd64");
            Files.writeString(
                    context.resolve("manifests/pod.yaml"),
                    "kind: Pod\nspec:\n  containers:\n  - image: registry.example/team/app:1\n");
            BuildResult done = ClusterImage.builder()
                    .context(context)
                    .registryAccess(registry.access())
                    .contentStore(directory.resolve("store-" + name))
                    .compression(LayerCompression.GZIP)
                    .executor(executor)
                    .build()
                    .writeTo(OciLayout.directory(directory.resolve(name)));
            OciLayoutVerifier.verify(directory.resolve(name)).orThrow();
            return done.layers().get(1).digest();
        }
    }

    @Test
    void buildWhenExecutorRejectsGivesTheSameImage() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Digest expected = build(pool, "pool");
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        assertThat(build(pool, "shut down")).isEqualTo(expected);
        assertThat(build(refusing(0), "none")).isEqualTo(expected);
        assertThat(build(refusing(3), "three")).isEqualTo(expected);
        assertThat(build(work -> {}, "lost")).isEqualTo(expected);
    }

    /** Takes some of the work, each on a thread of its own. */
    private static Executor refusing(int taken) {
        AtomicInteger left = new AtomicInteger(taken);
        return work -> {
            if (left.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("no more");
            }
            new Thread(work).start();
        };
    }
}
