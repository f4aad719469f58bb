package io.sealos.oci.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Long writes that end while others begin: the ends take their time, since there is much to remove. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no touch")
class StagingEndTests {
    @TempDir
    private Path parent;

    @Test
    void closeWhenOthersBeginMeanwhileRemovesAllOfIt() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> beginning = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                beginning.add(threads.submit(() -> beginUntil(over)));
            }
            for (int i = 0; i < 15; i++) {
                try (Staging staging = Staging.in(parent, "write")) {
                    fill(staging);
                }
            }
            over.set(true);
            for (Future<Integer> one : beginning) {
                assertThat(one.get()).isPositive();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }

    /** So old that it counts as left behind unless it is locked; setting the time here would open the file. */
    private static void fill(Staging staging) throws Exception {
        for (int i = 0; i < 300; i++) {
            Files.writeString(staging.file("file-" + i), "");
        }
        Process touch = new ProcessBuilder(
                        "touch", "-d", "2000-01-01", staging.file(Staging.LOCK).toString())
                .start();
        assertThat(touch.waitFor()).isZero();
    }

    private int beginUntil(AtomicBoolean over) throws IOException {
        int count = 0;
        while (!over.get()) {
            Staging.in(parent, "write").close();
            count++;
        }
        return count;
    }
}
