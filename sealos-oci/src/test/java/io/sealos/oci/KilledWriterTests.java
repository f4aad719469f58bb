package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.LayoutDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("endurance")
class KilledWriterTests {
    /** {@code -Dsealos.kills=200} for a long run. */
    private static final int KILLS = Integer.getInteger("sealos.kills", 5);

    private static final int MAX_MILLIS = 250;
    private static final String KEPT = "docker.io/library/kept:1";

    @TempDir
    private Path directory;

    /** Run in a process of its own: writes one tag after the other until it is killed. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) throws IOException {
            WriterFixture image = new WriterFixture(Path.of(arguments[0]));
            Random random = new Random(Long.parseLong(arguments[1]));
            for (int i = 0; true; i++) {
                image.file("a", "content " + random.nextLong() + "\n");
                new LayoutDirectory(image.layout()).write(request(image, "docker.io/library/x:" + i % 3));
                Files.writeString(Path.of(arguments[2]), "");
            }
        }
    }

    private static ImageRequest request(WriterFixture image, String tag) throws IOException {
        return ImageRequest.of(image.recipe(WriterFixture.copy("a", "/a"), WriterFixture.copy("big", "/big")), tag);
    }

    @Test
    void writeWhenKilledLeavesTheLayoutValid() throws Exception {
        WriterFixture image = new WriterFixture(directory).file("a", "").file("big", "0123456789".repeat(100_000));
        image.write(request(image, KEPT));
        Random random = new Random(7);
        for (int i = 0; i < KILLS; i++) {
            Process writer = start(i);
            writer.waitFor(random.nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS);
            writer.destroyForcibly().waitFor();
            assertThat(OciLayoutVerifier.verify(image.layout()).mismatches())
                    .as("kill " + i)
                    .isEmpty();
            assertThat(ClusterImage.inspect(
                                    OciLayout.directory(image.layout()),
                                    ImageChoice.any().tag(KEPT))
                            .layers())
                    .as("kill " + i)
                    .hasSize(2);
        }
    }

    /** Whoever is killed between two steps leaves what a reader sees between them. */
    @Test
    void writeWhenRepeatedTakesNoBlobAwayForAMoment() throws Exception {
        StringBuilder noise = new StringBuilder();
        new Random(1).ints(1_000_000, 'a', 'z').forEach(noise::appendCodePoint);
        WriterFixture image = new WriterFixture(directory).file("a", "").file("big", noise.toString());
        image.write(request(image, KEPT));
        List<Path> blobs = blobs(image.layout());
        AtomicBoolean written = new AtomicBoolean();
        CompletableFuture<Set<Path>> missed = CompletableFuture.supplyAsync(() -> {
            Set<Path> missing = new HashSet<>();
            while (!written.get()) {
                blobs.stream().filter(Files::notExists).forEach(missing::add);
            }
            return missing;
        });

        for (int i = 0; i < 40; i++) {
            image.write(request(image, KEPT));
        }
        written.set(true);

        assertThat(missed.get(1, TimeUnit.MINUTES)).isEmpty();
    }

    private static List<Path> blobs(Path layout) throws IOException {
        try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
            return files.toList();
        }
    }

    /** A writer that has written once, and is at it again. */
    private Process start(int run) throws IOException, InterruptedException {
        Path written = directory.resolve("written-" + run);
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        directory.toString(),
                        Integer.toString(run),
                        written.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (writer.isAlive() && !Files.exists(written)) {
            writer.waitFor(5, TimeUnit.MILLISECONDS);
        }
        assertThat(writer.isAlive()).as("writer " + run + " is at work").isTrue();
        return writer;
    }
}
