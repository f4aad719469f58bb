package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a call is left in the caller's process when it returns, at once and without a garbage collection. */
class LeftoverTests extends RegistryFixture {
    @Test
    void saveWhenDoneLeavesNoThread() throws Exception {
        push();

        saving().save("app/x:1");

        assertThat(threads()).isEmpty();
    }

    @Test
    void saveWhenFailedLeavesNoThread() {
        push();
        registry.fault("/blobs/", Fault.stall(Duration.ofSeconds(5), 9));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().retries(0).stallTimeout(Duration.ofMillis(200)))
                        .save("app/x:1"));

        assertThat(threads()).isEmpty();
    }

    @Test
    void saveWhenRepeatedLeavesNoSocket() throws Exception {
        assumeThat(Path.of("/proc/self/fd"))
                .as("open files can be counted here")
                .isDirectory();
        for (int i = 0; i < 100; i++) {
            new TestImage("amd64", "a").pushTo(registry, "app/x", "" + i);
        }
        saving().save("app/x:0");
        long before = sockets();

        saving().save(Stream.iterate(0, i -> i + 1)
                .limit(100)
                .map(i -> "app/x:" + i)
                .toArray(String[]::new));

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sockets() - before > 12 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(sockets() - before).isLessThan(12 + 1);
        assertThat(registry.requests("/manifests/")).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/manifests/", "/blobs/"})
    void saveWhenInterruptedEndsWithinMillisecondsAndLeavesNothing(String where) throws Exception {
        push();
        registry.fault(where, Fault.stall(Duration.ofSeconds(20), 9));
        AtomicReference<Throwable> seen = new AtomicReference<>();
        RegistryAccess.Builder patient = settings().stallTimeout(Duration.ofMinutes(1));
        Thread saving = new Thread(() -> {
            try {
                saving(patient).save("app/x:1");
            } catch (InterruptedException | IOException e) {
                seen.set(e);
            }
        });
        saving.start();
        while (registry.requests(where) == 0) {
            Thread.onSpinWait();
        }
        long begin = System.nanoTime();
        saving.interrupt();
        saving.join(5000);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(threads()).isEmpty();
        try (Stream<Path> parts = Files.list(directory.resolve("store/incoming"))) {
            assertThat(parts).isEmpty();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("sealos") || name.startsWith("HttpClient"))
                .toList();
    }

    /** The server's ends of the connections are in this process too, and close a little later. */
    private static long sockets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(LeftoverTests::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }
}
