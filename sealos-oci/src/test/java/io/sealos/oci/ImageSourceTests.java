package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.internal.save.TestImage;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images out of registry directories and of the commands of daemons. */
class ImageSourceTests {
    private static final String SHOP = "ghcr.io/acme/shop:1.0";

    private final TestImage image = new TestImage("amd64", "given");

    @TempDir
    Path directory;

    private Path context;
    private Path out;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
    }

    @Test
    void writeToWhenRegistryDirectoryHasTheNameTakesIt() throws IOException {
        Path registry = savedRegistry();

        BuildResult done = build(SHOP, RegistryDirectory.of(registry));

        assertThat(done.images()).hasSize(1);
        assertThat(done.images().get(0).digest()).isEqualTo(image.digest());
        OciLayoutVerifier.verify(out).orThrow();
    }

    @Test
    void writeToWhenRegistryDirectoryHasTheDigestTakesIt() throws IOException {
        Path registry = savedRegistry();

        BuildResult done = build("ghcr.io/acme/shop@" + image.digest(), RegistryDirectory.of(registry));

        assertThat(done.images().get(0).digest()).isEqualTo(image.digest());
    }

    @Test
    void writeToWhenRegistryDirectoryHasAnotherTagOnlySaysSo() throws IOException {
        Path registry = savedRegistry();

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build("ghcr.io/acme/shop:2.0", RegistryDirectory.of(registry)))
                .withMessage("1 of 1 images could not be saved:\n  ghcr.io/acme/shop:2.0"
                        + " (image(...) of the builder): " + registry + " has no acme/shop:2.0");
    }

    @Test
    void writeToWhenBlobOfRegistryDirectoryIsDamagedNamesIt() throws IOException {
        Path registry = savedRegistry();
        Path blob = registry.resolve("docker/registry/v2/blobs/sha256")
                .resolve(image.digest().hex().substring(0, 2))
                .resolve(image.digest().hex())
                .resolve("data");
        Files.writeString(blob, "x".repeat((int) Files.size(blob)));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build(SHOP, RegistryDirectory.of(registry)))
                .withMessageStartingWith("1 of 1 images could not be saved:\n  " + SHOP
                        + " (image(...) of the builder): " + registry + ": blobs/sha256/"
                        + image.digest().hex() + " has the digest ");
    }

    @Test
    void writeToWhenDirectoryIsNoRegistrySaysSo() throws IOException {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build(SHOP, RegistryDirectory.of(context)))
                .withMessageEndingWith(
                        context + ": is not a registry directory, because it has no docker/registry/v2/");
    }

    @Test
    void writeToWhenDigestIsAnotherRefusesTheImage() throws IOException {
        String other = "sha256:" + "0".repeat(64);

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build("ghcr.io/acme/shop@" + other, MadeImage.of(image::writeLayout)))
                .withMessageEndingWith(
                        "the image there is " + image.digest() + "; leave the digest out, or name where that image is");
    }

    @Test
    void writeToWhenCommandSavesTheImageTakesIt() throws IOException {
        image.writeDockerArchive(directory.resolve("shop.tar"));
        String command = command("[ \"$1 $2\" = 'save shop:dev' ] && cat '" + directory.resolve("shop.tar") + "'");

        BuildResult done = build(SHOP, DaemonImage.of(command, "shop:dev"));

        assertThat(done.images()).hasSize(1);
        OciLayoutVerifier.verify(out).orThrow();
    }

    @Test
    void writeToWhenCommandFailsRepeatsItsWords() throws IOException {
        String command = command("echo 'Error response from daemon: reference does not exist' >&2; exit 1");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build(SHOP, DaemonImage.of(command, "shop:dev")))
                .withMessage("1 of 1 images could not be saved:\n  " + SHOP + " (image(...) of the builder): '"
                        + command + " save shop:dev' failed with status 1:"
                        + " Error response from daemon: reference does not exist");
    }

    @Test
    void writeToWhenCommandHangsStopsIt() throws IOException {
        DaemonImage slow = DaemonImage.of(command("exec sleep 60"), "shop:dev").withTimeout(Duration.ofMillis(300));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build(SHOP, slow))
                .withMessageEndingWith(
                        " did not end within 0.3 seconds; look whether the daemon answers, or allow more time");
    }

    @Test
    void writeToWhenThereIsNoSuchCommandSaysSo() {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> build(SHOP, DaemonImage.of("no-such-engine", "shop:dev")))
                .withMessageEndingWith("the command 'no-such-engine' cannot be started; install it, or name the one"
                        + " that is there");
    }

    @Test
    void dockerWhenNameIsAnOptionRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DaemonImage.docker("--output=/etc/passwd"))
                .withMessage("'--output=/etc/passwd' is not the name of an image; write NAME:TAG or an id");
    }

    @Test
    void inspectWhenImageIsMadeReadsIt() throws IOException {
        InspectedImage inspected =
                ClusterImage.inspect(MadeImage.of(directory -> ImageSourceTests.writeCluster(context, directory)));

        assertThat(inspected.names()).containsExactly("docker.io/acme/cluster:1");
    }

    private static void writeCluster(Path context, Path directory) throws IOException {
        Files.createDirectories(context.resolve("registry"));
        ClusterImage.builder().context(context).tag("acme/cluster:1").build().writeTo(OciLayout.directory(directory));
    }

    private Path savedRegistry() throws IOException {
        Path registry = directory.resolve("other/registry");
        builder(SHOP, MadeImage.of(image::writeLayout)).build().saveRegistry(registry);
        return registry;
    }

    private String command(String script) throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
                .as("the fake command is a shell script")
                .contains("posix");
        Path command = directory.resolve("engine");
        Files.write(command, List.of("#!/bin/sh", script));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return command.toString();
    }

    private BuildResult build(String reference, ImageSource source) throws IOException {
        return builder(reference, source).build().writeTo(OciLayout.directory(out));
    }

    private ClusterImageBuilder builder(String reference, ImageSource source) throws IOException {
        return ClusterImage.builder()
                .context(context)
                .tag("acme/cluster:1")
                .contentStore(directory.resolve(
                        "store-" + reference.hashCode() + source.getClass().getSimpleName()))
                .registryAccess(TestRegistries.unreachable("ghcr.io"))
                .image(reference, source);
    }
}
