package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves and pushes on a file system that is too small at first. Skipped where this user may not mount one. */
class FullStoreTests {
    private static final String SHOP = "ghcr.io/acme/shop:1";

    @TempDir
    Path directory;

    private Path disk;
    private Path context;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        assumeThat(mounted).as("a tmpfs can be mounted").isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        assertThat(!mounted || run("umount", disk.toString())).isTrue();
    }

    @Test
    void saveRegistryWhenTheStoreIsFullNamesTheImageAndGoesOnLater() throws Exception {
        LayeredImage large = new LayeredImage(List.of(LayeredImage.noise(1, 2 << 20)));
        large.writeTo(directory.resolve("large"));
        ClusterImage image = builder(disk.resolve("store"))
                .image(SHOP, OciLayout.directory(directory.resolve("large")))
                .build();

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> image.saveRegistry(directory.resolve("registry")))
                .withMessage("1 of 1 images could not be saved:\n  " + SHOP
                        + " (image(...) of the builder): the content store " + disk.resolve("store")
                        + " cannot be written: No space left on device; free space in " + disk.resolve("store")
                        + ", or write to another file system");
        assertThat(directory.resolve("registry")).doesNotExist();
        assertThat(disk.resolve("store/incoming")).isEmptyDirectory();

        assertThat(run("mount", "-o", "remount,size=8m", disk.toString())).isTrue();
        image.writeTo(OciLayout.directory(directory.resolve("out")));
        RegistryVerifier.verify(OciLayout.directory(directory.resolve("out"))).orThrow();
    }

    @Test
    void saveRegistryWhenItsDirectoryIsFullNamesItAndGoesOnLater() throws Exception {
        LayeredImage large = new LayeredImage(List.of(LayeredImage.noise(1, 2 << 20)));
        ClusterImage image = builder(directory.resolve("store"))
                .image(SHOP, MadeImage.of(large::writeTo))
                .build();
        Path registry = disk.resolve("registry");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.saveRegistry(registry))
                .withMessage(registry + " cannot be written: No space left on device; free space in " + registry
                        + ", or write to another file system");
        assertThat(registry.resolve("docker/registry/v2/repositories")).doesNotExist();

        assertThat(run("mount", "-o", "remount,size=8m", disk.toString())).isTrue();
        image.saveRegistry(registry);
        BuildResult again = builder(directory.resolve("store2"))
                .image(SHOP, RegistryDirectory.of(registry))
                .build()
                .writeTo(OciLayout.directory(directory.resolve("out")));
        assertThat(again.images()).hasSize(1);
    }

    @Test
    void writeToWhenTheStoreIsFullPushesNothingAndGoesOnLater() throws Exception {
        Files.write(context.resolve("big"), LayeredImage.noise(1, 2 << 20));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY big big\n");
        RegistryImage target = RegistryImage.of("hub.example/team/app:1");
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            ClusterImage image = builder(disk.resolve("store"))
                    .registryAccess(RegistryAccess.builder()
                            .loginFiles(false)
                            .endpoint("hub.example", registry.endpoint())
                            .build())
                    .build();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> image.writeTo(target))
                    .withMessage(disk.resolve("store/outgoing")
                            + " cannot be written during 'Kubefile:2: COPY big big': No space left on device; free space in "
                            + disk.resolve("store/outgoing") + ", or write to another file system");
            assertThat(registry.requests()).isEmpty();

            assertThat(run("mount", "-o", "remount,size=8m", disk.toString())).isTrue();
            image.writeTo(target);
            assertThat(registry.requests("PUT /v2/team/app/manifests/1")).isEqualTo(1);
        }
    }

    private ClusterImageBuilder builder(Path store) {
        return ClusterImage.builder().context(context).contentStore(store);
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // There is no such program on this system.
            return false;
        }
    }
}
