package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images loaded by a command that stands for that of an engine. */
class DaemonImageTests {
    @TempDir
    Path directory;

    @BeforeEach
    void needScripts() {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
                .as("scripts can be made executable")
                .contains("posix");
    }

    @Test
    void writeToWhenCommandTakesTheArchiveGivesItTheImageByThatName() throws IOException {
        Path taken = directory.resolve("taken.tar");
        String command = command("[ \"$*\" = load ] && cat > '" + taken + "'");

        BuildResult done = image().writeTo(DaemonImage.of(command, "team/app"));

        InspectedImage loaded = ClusterImage.inspect(DockerArchive.file(taken));
        assertThat(loaded.names()).containsExactly("docker.io/team/app:latest");
        assertThat(loaded.layers()).hasSize(1);
        assertThat(done.layers().get(0).diffId())
                .isEqualTo(loaded.layers().get(0).diffId());
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void writeToWhenCommandFailsSaysItInItsWords() throws IOException {
        String command = command("echo 'Cannot connect to the daemon' >&2; exit 3");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image().writeTo(DaemonImage.of(command, "team/app:1")))
                .withMessage("'" + command + " load' failed with status 3: Cannot connect to the daemon");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void writeToWhenCommandDoesNotEndStopsItAfterTheLimit() throws IOException {
        String command = command("sleep 60");
        DaemonImage target = DaemonImage.of(command, "team/app:1").withTimeout(Duration.ofSeconds(1));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image().writeTo(target))
                .withMessage(
                        "'" + command + " load' did not end within 1.0 seconds; look whether the daemon answers, or"
                                + " allow more time");
    }

    @Test
    void writeToWhenThereIsNoSuchCommandSaysSo() {
        String command = directory.resolve("no-engine").toString();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image().writeTo(DaemonImage.of(command, "team/app:1")))
                .withMessage(
                        "the command '" + command + "' cannot be started; install it, or name the one that is there");
    }

    @Test
    void writeToWhenInterruptedStopsTheCommand() throws Exception {
        Path begun = directory.resolve("begun");
        String command = command("touch '" + begun + "'; sleep 60");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread loading = new Thread(() -> {
            try {
                image().writeTo(DaemonImage.of(command, "team/app:1"));
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        loading.start();
        while (!Files.exists(begun)) {
            Thread.sleep(5);
        }

        loading.interrupt();
        loading.join(5000);

        assertThat(thrown.get())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while the image was loaded");
    }

    @Test
    void writeToWhenEngineLoadsOrFailsReportsThePhases() throws IOException {
        EventLedger ledger = new EventLedger();
        ClusterImage image = builder().listener(ledger).build();

        image.writeTo(DaemonImage.of(command("cat > /dev/null"), "team/app:1"));

        ledger.verify();
        assertThat(ledger.progress.snapshot().phases())
                .extracting(Progress.Phase::phase)
                .containsExactly(BuildPhase.LAYERS, BuildPhase.WRITE, BuildPhase.LOAD);
        assertThat(ledger.phase(BuildPhase.LOAD).state()).isEqualTo(Progress.State.COMPLETE);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.writeTo(DaemonImage.of(command("exit 1"), "team/app:1")));
        ledger.verify();
        assertThat(ledger.phase(BuildPhase.LOAD).state()).isEqualTo(Progress.State.FAILED);
    }

    @Test
    void writeToWhenThereAreSeveralPlatformsRefusesThem() throws IOException {
        ClusterImage image =
                builder().platform("linux/amd64").platform("linux/arm64").build();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image.writeTo(DaemonImage.docker("team/app:1")))
                .withMessageStartingWith("a docker-archive holds one platform, not 2");
    }

    @Test
    void ofWhenNameIsAnOptionRefusesIt() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> DaemonImage.podman("--input=/etc/shadow"))
                .withMessage("'--input=/etc/shadow' is not the name of an image; write NAME:TAG or an id");
    }

    private ClusterImage image() throws IOException {
        return builder().build();
    }

    private ClusterImageBuilder builder() throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY a a\n");
        Files.writeString(context.resolve("a"), "content");
        return ClusterImage.builder().context(context).saveImages(false).contentStore(directory.resolve("store"));
    }

    private String command(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("engine"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private Stream<Path> leftovers() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("store/outgoing"))) {
            return all.toList().stream();
        }
    }
}
