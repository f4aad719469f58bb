package io.sealos.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemporaryDirectoryTests {
    private static final String PREFIX = "sealos-tests-";

    @TempDir
    private Path outside;

    @Test
    void removesItselfWithAllThatIsInIt() throws IOException {
        Path path;
        try (TemporaryDirectory directory = TemporaryDirectory.create(PREFIX)) {
            path = directory.path();
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void removesWhatDeadProcessLeftWhenNextDirectoryIsMade() throws IOException {
        Path left = left(Duration.ofHours(1));
        Files.writeString(left.resolve("values.yaml"), "a: b");
        TemporaryDirectory.create(PREFIX).close();
        assertThat(left).doesNotExist();
    }

    @Test
    void keepsDirectoryWhenItIsInUseOrMayBeAboutToBe() throws IOException {
        Path young = left(Duration.ZERO);
        try (TemporaryDirectory used = TemporaryDirectory.create(PREFIX)) {
            age(used.path(), Duration.ofHours(1));
            TemporaryDirectory.create(PREFIX).close();
            assertThat(used.path()).exists();
            assertThat(young).exists();
        } finally {
            FileTree.delete(young);
        }
    }

    @Test
    void keepsItsLockWhenProcessMakesAnotherDirectory() throws Exception {
        Path locks = Path.of("/proc/locks");
        assumeTrue(Files.isReadable(locks), "this system does not tell its locks");
        try (TemporaryDirectory used = TemporaryDirectory.create(PREFIX)) {
            Path file = used.path().resolve("in-use");
            String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
            // Setting the time here would open the file, and close it.
            Process touch = new ProcessBuilder("touch", "-d", "2000-01-01", file.toString()).start();
            assertThat(touch.waitFor()).isZero();
            TemporaryDirectory.create(PREFIX).close();
            assertThat(Files.readString(locks)).contains(inode);
        }
    }

    @Test
    void keepsDirectoryWhenItsLockIsLinkOrMissing() throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "");
        Path linked = Files.createTempDirectory(PREFIX);
        Path bare = Files.createTempDirectory(PREFIX);
        Files.createSymbolicLink(linked.resolve("in-use"), file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        TemporaryDirectory.create(PREFIX).close();
        assertThat(linked).exists();
        assertThat(bare).exists();
        FileTree.delete(linked);
        FileTree.delete(bare);
        assertThat(file).exists();
    }

    @Test
    void keepsWhatLinkLeadsToWhenLinkHasTheNameOfADirectory() throws IOException {
        Path target = Files.createDirectory(outside.resolve("target"));
        Files.writeString(target.resolve("in-use"), "");
        age(target, Duration.ofHours(1));
        Path link = left(Duration.ZERO);
        FileTree.delete(link);
        Files.createSymbolicLink(link, target);
        try {
            TemporaryDirectory.create(PREFIX).close();
            assertThat(link).isSymbolicLink();
            assertThat(target.resolve("in-use")).exists();
        } finally {
            Files.delete(link);
        }
    }

    /** Long scans that end while others begin: the ends take their time, since there is much to remove. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void removesItselfWhenOthersOfThisOrAnotherProcessBeginMeanwhile(boolean inThisProcess) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Process process = inThisProcess ? null : beginningInAnotherProcess();
        try {
            List<Future<Integer>> beginning = new ArrayList<>();
            for (int i = 0; inThisProcess && i < 3; i++) {
                beginning.add(threads.submit(() -> beginUntil(over::get)));
            }
            for (int i = 0; i < 15; i++) {
                Path path;
                try (TemporaryDirectory directory = TemporaryDirectory.create(PREFIX)) {
                    path = directory.path();
                    fill(path);
                }
                assertThat(path).doesNotExist();
            }
            over.set(true);
            for (Future<Integer> one : beginning) {
                assertThat(one.get()).isPositive();
            }
            assertThat(process == null || process.isAlive()).isTrue();
        } finally {
            over.set(true);
            threads.shutdownNow();
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** So old that it counts as left behind unless it is locked; setting the time here would open the file. */
    private static void fill(Path path) throws Exception {
        for (int i = 0; i < 300; i++) {
            Files.writeString(path.resolve("file-" + i), "");
        }
        Process touch = new ProcessBuilder(
                        "touch", "-d", "2000-01-01", path.resolve("in-use").toString())
                .start();
        assertThat(touch.waitFor()).isZero();
    }

    private static Process beginningInAnotherProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Beginning.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('.');
        return process;
    }

    private static int beginUntil(BooleanSupplier over) throws IOException {
        int count = 0;
        while (!over.getAsBoolean()) {
            TemporaryDirectory.create(PREFIX).close();
            count++;
        }
        return count;
    }

    /** Another process that begins and ends as often as it can. */
    static final class Beginning {
        private Beginning() {}

        public static void main(String[] arguments) throws IOException {
            TemporaryDirectory.create(PREFIX).close();
            System.out.print('.');
            System.out.flush();
            beginUntil(() -> false);
        }
    }

    private static Path left(Duration age) throws IOException {
        Path directory = Files.createTempDirectory(PREFIX);
        Files.writeString(directory.resolve("in-use"), "");
        age(directory, age);
        return directory;
    }

    private static void age(Path directory, Duration age) throws IOException {
        Files.setLastModifiedTime(
                directory.resolve("in-use"), FileTime.from(Instant.now().minus(age)));
    }
}
