package io.sealos.oci.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.internal.files.DirectoryLock;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process is kept out, whatever other threads of this one do with the same lock. */
class LockTests {
    private static final int FREE = 3;
    private static final int HELD = 4;

    @TempDir
    Path directory;

    /** Run in a process of its own. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                System.exit(lock == null ? HELD : FREE);
            }
        }
    }

    @Test
    void acquireWhenAnotherThreadGivesUpWaitingKeepsTheLock() throws Exception {
        DirectoryLock first = DirectoryLock.acquire(directory);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> DirectoryLock.acquire(directory));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(probe(directory.resolve(DirectoryLock.NAME))).isEqualTo(HELD);
        first.close();
        assertThat(probe(directory.resolve(DirectoryLock.NAME))).isEqualTo(FREE);
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void keptForWhenAnotherThreadWantsTheSameDirectoryKeepsTheLock() throws Exception {
        try (OutgoingDirectory first = OutgoingDirectory.keptFor("registry.example/x", directory)) {
            Path lock = first.blobs().resolveSibling(TemporaryDirectory.LOCK);

            try (OutgoingDirectory second = OutgoingDirectory.keptFor("registry.example/x", directory)) {
                assertThat(second.blobs()).isNotEqualTo(first.blobs());
            }

            assertThat(probe(lock)).isEqualTo(HELD);
        }
    }

    @Test
    void deleteWhenAnotherThreadIsAtWorkKeepsItsLock() throws Exception {
        try (Staging staging = Staging.in(directory, "write");
                TemporaryDirectory other = TemporaryDirectory.create(directory, ".write-")) {
            TemporaryDirectory.deleteAbandoned(other.path(), ".write-", Duration.ofSeconds(-1));

            assertThat(staging.layout()).exists();
            assertThat(probe(staging.file(TemporaryDirectory.LOCK))).isEqualTo(HELD);
        }
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    private static int probe(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName(),
                        file.toString())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
