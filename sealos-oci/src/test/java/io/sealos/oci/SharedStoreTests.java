package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that save into one store, at once or until they are killed. */
@Tag("endurance")
class SharedStoreTests {
    /** {@code -Dsealos.kills=200} for a long run. */
    private static final int KILLS = Integer.getInteger("sealos.kills", 4);

    private static final int MAX_MILLIS = 400;
    private static final int IMAGES = 6;

    @TempDir
    Path directory;

    private Path store;

    @BeforeEach
    void createContext() throws IOException {
        store = directory.resolve("store");
        Path context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
    }

    /** Run in a process of its own. */
    static final class Saver {
        private Saver() {}

        public static void main(String[] arguments) throws IOException {
            Files.writeString(Path.of(arguments[1] + ".begun"), "");
            if (arguments.length > 2) {
                saveFrom(URI.create(arguments[2]), Path.of(arguments[0]), Path.of(arguments[1]));
            } else {
                save(Path.of(arguments[0]), Path.of(arguments[1]));
            }
        }
    }

    private static void save(Path directory, Path registry) throws IOException {
        ClusterImageBuilder builder =
                ClusterImage.builder().context(directory.resolve("context")).contentStore(directory.resolve("store"));
        for (int i = 0; i < IMAGES; i++) {
            LayeredImage image =
                    new LayeredImage(List.of(LayeredImage.noise(-1, 2_000_000), LayeredImage.noise(i, 2_000_000)));
            builder.image("ghcr.io/acme/app" + i + ":1", MadeImage.of(image::writeTo));
        }
        builder.build().saveRegistry(registry);
    }

    private static void saveFrom(URI endpoint, Path directory, Path registry) throws IOException {
        ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .imageList("list", List.of("registry.example/app:1"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("registry.example", endpoint)
                        .build())
                .build()
                .saveRegistry(registry);
    }

    @Test
    void saveRegistryWhenTwoProcessesNeedAnImageFetchesEachBlobOnce() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage("registry.example/app:1");
            // Long enough for the other process to start.
            registry.fault("/blobs/", Fault.delay(Duration.ofSeconds(3), 1));
            String endpoint = registry.endpoint().toString();
            Process one = start(directory.resolve("one"), endpoint);
            Process other = start(directory.resolve("other"), endpoint);

            assertThat(one.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();

            assertThat(List.of(one.exitValue(), other.exitValue())).containsExactly(0, 0);
            assertThat(registry.requests("/blobs/")).isEqualTo(2);
        }
        assertThat(checkServed(directory.resolve("one"))).isEqualTo(1);
        assertThat(checkServed(directory.resolve("other"))).isEqualTo(1);
        assertThat(store.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void saveRegistryWhenTheFetchingProcessIsKilledIsFinishedByTheWaitingOne() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage("registry.example/app:1");
            registry.fault("/blobs/", Fault.delay(Duration.ofMinutes(2), 1));
            String endpoint = registry.endpoint().toString();
            Process one = start(directory.resolve("one"), endpoint);
            while (one.isAlive() && registry.requests("/blobs/") == 0) {
                one.waitFor(5, TimeUnit.MILLISECONDS);
            }
            Process other = start(directory.resolve("other"), endpoint);
            await(other, directory.resolve("other.begun"));

            one.destroyForcibly().waitFor();

            assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(other.exitValue()).isZero();
            assertThat(registry.requests("/blobs/")).isEqualTo(3);
        }
        assertThat(checkServed(directory.resolve("other"))).isEqualTo(1);
    }

    @Test
    void saveRegistryWhenKilledLeavesNothingCorruptAndIsFinishedByTheNextRun() throws Exception {
        Random random = new Random(7);
        Path registry = directory.resolve("registry");
        for (int i = 0; i < KILLS; i++) {
            Process saver = start(registry);
            await(saver, directory.resolve("registry.begun"));
            saver.waitFor(random.nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS);
            saver.destroyForcibly().waitFor();
            checkStore();
            checkServed(registry);
            Files.delete(directory.resolve("registry.begun"));
        }

        save(directory, registry);

        checkStore();
        assertThat(checkServed(registry)).isEqualTo(IMAGES);
    }

    @Test
    void saveRegistryWhenTwoProcessesShareTheStoreGivesBothEverything() throws Exception {
        Process one = start(directory.resolve("one"));
        Process other = start(directory.resolve("other"));

        assertThat(one.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(List.of(one.exitValue(), other.exitValue())).containsExactly(0, 0);
        checkStore();
        assertThat(checkServed(directory.resolve("one"))).isEqualTo(IMAGES);
        assertThat(checkServed(directory.resolve("other"))).isEqualTo(IMAGES);
    }

    private void checkStore() throws IOException {
        for (StoredBlob blob : BlobStore.at(store).blobs()) {
            Path file = store.resolve("blobs/sha256").resolve(blob.digest().hex());
            assertThat(Digests.sha256(Files.readAllBytes(file))).isEqualTo(blob.digest());
        }
    }

    /** Every blob is what it is called, and every tag leads to a manifest whose blobs are there. */
    private static int checkServed(Path registry) throws IOException {
        Path root = registry.resolve("docker/registry/v2");
        if (!Files.isDirectory(root)) {
            return 0;
        }
        int tags = 0;
        for (Path file : files(root)) {
            if (file.endsWith("data")) {
                String digest = Digests.sha256(Files.readAllBytes(file)).hex();
                assertThat(file).endsWith(Path.of(digest, "data"));
            } else if (file.endsWith("current/link")) {
                tags++;
                String manifest = Files.readString(data(root, Digest.parse(Files.readString(file))));
                Stream.of(manifest.split("\"digest\":\"", -1))
                        .skip(1)
                        .map(rest -> Digest.parse(rest.substring(0, rest.indexOf('"'))))
                        .forEach(digest -> assertThat(data(root, digest)).exists());
            }
        }
        return tags;
    }

    private static Path data(Path root, Digest digest) {
        return root.resolve("blobs/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex())
                .resolve("data");
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private static void await(Process process, Path file) throws InterruptedException {
        while (process.isAlive() && !Files.exists(file)) {
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
    }

    private Process start(Path registry, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Saver.class.getName(),
                directory.toString(),
                registry.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("saver.log").toFile())
                .start();
    }
}
