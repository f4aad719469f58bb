package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verification of an image that was written, by its result and whatever the target was. */
class VerifiedTargetTests {
    private static final String CONTENT = "content of a layer, ".repeat(5000);

    @TempDir
    Path directory;

    private final EventLedger ledger = new EventLedger();
    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY a a\nCOPY b b\n");
        Files.writeString(context.resolve("a"), CONTENT);
        Files.writeString(context.resolve("b"), "b");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .compression(LayerCompression.NONE)
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("hub.example", registry.endpoint())
                        .build());
    }

    private BuildResult write(ImageTarget target) throws IOException {
        return builder().tag("hub.example/app:1").build().writeTo(target);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private ImageTarget target(String kind) {
        return switch (kind) {
            case "directory" -> OciLayout.directory(file("out"));
            case "archive" -> OciLayout.archive(file("out.tar"));
            case "parts" -> OciLayout.archive(file("parts.tar")).inParts(PartSize.ofBytes(20_000));
            case "docker" -> DockerArchive.file(file("docker.tar"));
            default -> RegistryImage.of("hub.example/app");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "archive", "parts", "docker", "registry"})
    void verifyWhenTargetHasTheImageReadsAllOfIt(String kind) throws IOException {
        VerificationReport report = write(target(kind)).verify(ledger).orThrow();

        assertThat(report.mismatches()).isEmpty();
        assertThat(report.images()).isEqualTo(1);
        assertThat(report.layers()).isEqualTo(2);
        ledger.verify();
        Progress.Phase phase = ledger.phase(BuildPhase.VERIFY);
        assertThat(phase.state()).isEqualTo(Progress.State.COMPLETE);
        assertThat(phase.items().done()).isEqualTo(2);
        assertThat(phase.bytes().done()).isGreaterThan(CONTENT.length());
        assertThat(ledger.progress.snapshot().percent()).hasValue(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive", "docker"})
    void verifyWhenAByteOfALayerChangedNamesTheLayer(String kind) throws IOException {
        BuildResult done = write(target(kind));
        Path archive = kind.equals("docker") ? file("docker.tar") : file("out.tar");
        replaceInFile(archive, "content of", "Content of");

        VerificationReport report = done.verify(BuildListener.NONE);

        assertThat(report.source()).isEqualTo(archive.toString());
        assertThat(report.mismatches()).singleElement().asString().contains(", layer ", "sha256:");
        assertThatExceptionOfType(InvalidOciLayoutException.class)
                .isThrownBy(report::orThrow)
                .withMessage("the image in " + archive + " is broken:\n" + String.join("\n", report.mismatches()));
    }

    private static void replaceInFile(Path file, String from, String to) throws IOException {
        int at = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(from);
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.seek(at);
            random.write(to.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void verifyWhenTargetHasAnotherImageSaysThatItsDigestIsMissing() throws IOException {
        OciLayout archive = OciLayout.archive(file("out.tar"));
        BuildResult first = write(archive);
        Files.writeString(directory.resolve("context/b"), "changed");
        write(archive);

        assertThat(first.verify(BuildListener.NONE).mismatches())
                .containsExactly("index.json: does not list " + first.digest() + ", which was written");
    }

    @Test
    void verifyWhenPartIsMissingNamesThePart() throws IOException {
        BuildResult done = write(target("parts"));
        Files.delete(file("parts.tar.002"));

        assertThatIOException()
                .isThrownBy(() -> done.verify(BuildListener.NONE))
                .withMessageContaining("parts.tar.parts.json cannot be read: parts.tar.002 is missing");
    }

    @Test
    void verifyWhenArchiveIsTruncatedSaysSo() throws IOException {
        BuildResult done = write(target("archive"));
        try (RandomAccessFile random = new RandomAccessFile(file("out.tar").toFile(), "rw")) {
            random.setLength(random.length() / 2);
        }

        assertThatIOException()
                .isThrownBy(() -> done.verify(BuildListener.NONE))
                .withMessageContaining("out.tar cannot be read as an archive");
    }

    @Test
    void verifyWhenRegistryHasLostALayerNamesIt() throws IOException {
        BuildResult done = write(target("registry"));
        Digest lost = done.layers().get(0).digest();
        registry.fault("/blobs/" + lost, Fault.status(404, 5));

        assertThat(done.verify(BuildListener.NONE).mismatches())
                .singleElement()
                .asString()
                .contains("layer 1: blob " + lost + " cannot be read: ");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("context", "store");
        }
    }

    @Test
    void verifyWhenThereAreTwoPlatformsVerifiesBoth() throws IOException {
        BuildResult done = builder()
                .platform("linux/amd64")
                .platform("linux/arm64")
                .build()
                .writeTo(OciLayout.archive(file("two.tar")));

        VerificationReport report = done.verify(ledger).orThrow();

        assertThat(report.images()).isEqualTo(2);
        assertThat(report.layers()).isEqualTo(4);
        assertThat(report.blobs()).as("the layers of both are the same").isEqualTo(7);
        assertThat(ledger.phase(BuildPhase.VERIFY).items().done()).isEqualTo(2);
    }

    @Test
    void verifyWhenLoadedByAnEngineReadsWhatTheEngineSaves() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
        Path taken = file("taken.tar");
        Path command = file("engine");
        Files.writeString(
                command, "#!/bin/sh\ncase $1 in load) cat > '" + taken + "';; save) cat '" + taken + "';; esac\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));

        BuildResult done = write(DaemonImage.of(command.toString(), "team/app"));

        assertThat(done.verify(BuildListener.NONE).orThrow().layers()).isEqualTo(2);
    }

    @Test
    void verifyWhenTargetIsOfAnotherProgramRefuses() throws IOException {
        BuildResult done = write(new ImageTarget() {
            @Override
            public void write(ImageOutput image) throws IOException {
                image.finish();
            }

            @Override
            public String toString() {
                return "elsewhere";
            }
        });

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> done.verify(BuildListener.NONE))
                .withMessage("elsewhere cannot be read back, because it is a target of another program; verify the"
                        + " image there");
    }

    @Test
    void verifyWhenThreadIsInterruptedEndsAsCancelled() throws IOException {
        BuildResult done = write(target("archive"));
        BuildListener interrupting = ledger.andThen(event -> {
            if (event instanceof PhaseEvent.VerificationFinished) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> done.verify(interrupting));

        assertThat(Thread.interrupted()).isTrue();
        ledger.verify();
        assertThat(ledger.phase(BuildPhase.VERIFY).state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(ledger.phase(BuildPhase.VERIFY).items().done()).isEqualTo(1);
    }

    @Test
    void verifyWhenImageWasMergedReadsTheMergedOne() throws IOException {
        write(target("archive"));

        WriteResult merged =
                ClusterImage.merge(OciLayout.archive(file("out.tar"))).writeTo(OciLayout.archive(file("merged.tar")));

        assertThat(merged.verify(BuildListener.NONE).orThrow().images()).isEqualTo(1);
    }

    @Test
    void verifyWhenSourceIsARegistryDirectoryRefusesIt() throws IOException {
        Files.createDirectories(file("registry/docker/registry/v2"));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> OciLayoutVerifier.verify(RegistryDirectory.of(file("registry"))))
                .withMessageContaining("verify what it serves (RegistryVerifier)");
    }

    @Test
    void verifyRegistryWhenThereAreTwoPlatformsVerifiesEach() throws IOException {
        Files.createDirectories(directory.resolve("context/images/shim"));
        Files.writeString(directory.resolve("context/images/shim/list"), "team/gone:1\n");
        Files.writeString(directory.resolve("context/Kubefile"), "FROM scratch\nCOPY . .\n");
        OciLayout two = OciLayout.archive(file("two.tar"));
        builder()
                .saveImages(false)
                .platform("linux/amd64")
                .platform("linux/arm64")
                .build()
                .writeTo(two);
        List<String> expected = List.of(
                "linux/amd64, images/shim/list:1: docker.io/team/gone:1 is not in registry/; save it, because it cannot"
                        + " be pulled at the site",
                "linux/arm64, images/shim/list:1: docker.io/team/gone:1 is not in registry/; save it, because it cannot"
                        + " be pulled at the site");

        assertThat(RegistryVerifier.verify(two, ledger).problems()).containsExactlyElementsOf(expected);
        ledger.verify();
        assertThat(ledger.phase(BuildPhase.VERIFY).items().done()).isEqualTo(2);
        assertThat(RegistryVerifier.verify(two, ImageChoice.any().platform("linux/arm64"))
                        .problems())
                .containsExactly(expected.get(1).replace("linux/arm64, ", ""));
    }
}
