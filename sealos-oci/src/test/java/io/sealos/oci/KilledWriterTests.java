package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.internal.layout.ImageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTests {
    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    /** Run in a process of its own: writes one tag after the other until it is killed. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) throws IOException {
            WriterFixture image = new WriterFixture(Path.of(arguments[0]));
            for (int i = 0; true; i++) {
                image.file("a", "content " + i + "\n");
                ImageRequest request = ImageRequest.of(
                        image.recipe(WriterFixture.copy("a", "/a"), WriterFixture.copy("big", "/big")),
                        "docker.io/library/x:" + i % 3);
                OciLayout.directory(image.layout()).write(request);
            }
        }
    }

    @Test
    void writeWhenKilledLeavesTheLayoutValid() throws Exception {
        WriterFixture image = new WriterFixture(folder).file("big", "0123456789".repeat(100_000));
        Random random = new Random(7);
        for (int i = 0; i < KILLS; i++) {
            Process writer = start();
            awaitLayout(image.layout());
            writer.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
            writer.destroyForcibly().waitFor();
            assertThat(OciLayoutVerifier.verify(image.layout()).mismatches()).isEmpty();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitLayout(Path layout) throws InterruptedException {
        for (int i = 0; i < 1000 && !Files.exists(layout.resolve("index.json")); i++) {
            Thread.sleep(10);
        }
        Thread.sleep(300);
    }
}
