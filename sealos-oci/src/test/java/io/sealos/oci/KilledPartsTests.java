package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive in parts that is broken off by kills, and goes on where it was. */
@Tag("endurance")
class KilledPartsTests {
    /** {@code -Dsealos.kills=50} for a long run. */
    private static final int KILLS = Integer.getInteger("sealos.kills", 3);

    private static final int PARTS = 40;
    private static final PartSize SIZE = PartSize.ofBytes(1 << 20);

    @TempDir
    private Path directory;

    /** Run in a process of its own, which is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            write(Path.of(arguments[0]), Path.of(arguments[1]));
        }
    }

    private static void write(Path directory, Path archive) throws IOException {
        ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .build()
                .writeTo(OciLayout.archive(archive).inParts(SIZE));
    }

    @Test
    void writeToWhenKilledAndRepeatedWritesTheSameParts() throws Exception {
        byte[] noise = new byte[PARTS << 20];
        new Random(11).nextBytes(noise);
        Files.createDirectories(directory.resolve("context"));
        Files.writeString(directory.resolve("context/Kubefile"), "FROM scratch\nCOPY a a\n");
        Files.write(directory.resolve("context/a"), noise);
        write(directory, directory.resolve("right/app.tar"));
        byte[] right = Files.readAllBytes(directory.resolve("right/app.tar.parts.json"));
        Random random = new Random(13);
        for (int i = 0; i < KILLS; i++) {
            Path archive = directory.resolve("killed-" + i).resolve("app.tar");
            Path partsFile = archive.resolveSibling("app.tar.parts.json");

            killed(archive, random.nextInt(PARTS), random.nextInt(20));
            if (Files.exists(partsFile)) {
                assertThat(ArchiveParts.verify(partsFile).isComplete())
                        .as("kill " + i)
                        .isTrue();
            }
            write(directory, archive);

            assertThat(partsFile).as("kill " + i).hasBinaryContent(right);
            assertThat(ArchiveParts.verify(partsFile).isComplete())
                    .as("kill " + i)
                    .isTrue();
        }
    }

    /** Kills a writer some milliseconds after a number of parts is complete. */
    private void killed(Path archive, int parts, int millis) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString(),
                        archive.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path last = archive.resolveSibling("app.tar.%03d".formatted(parts));
        while (writer.isAlive() && parts > 0 && !Files.exists(last)) {
            writer.waitFor(1, TimeUnit.MILLISECONDS);
        }
        writer.waitFor(millis, TimeUnit.MILLISECONDS);
        writer.destroyForcibly().waitFor();
    }
}
