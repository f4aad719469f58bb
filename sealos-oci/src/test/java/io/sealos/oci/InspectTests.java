package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTests {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final String V2 = "registry/docker/registry/v2/";

    @TempDir
    private Path directory;

    private final TestImage amd = new TestImage("amd64", "a");
    private final TestImage arm = new TestImage("arm64", "a");
    private InProcessRegistry registry;
    private Digest index;

    @BeforeEach
    void makeContext() throws IOException {
        registry = InProcessRegistry.start();
        amd.pushTo(registry, "team/app", "amd");
        arm.pushTo(registry, "team/app", "arm");
        index = registry.putManifest("team/app", "1.0", MediaTypes.OCI_INDEX, TestImage.index(amd, arm));
        write("Kubefile", """
                FROM scratch
                LABEL sealos.io.type=rootfs version=v1.29.9
                ENV b=2 a=1
                COPY manifests manifests
                COPY registry registry
                ENTRYPOINT ["/bin/sh", "-c", "bash init.sh"]
                CMD ["kubectl apply -f manifests"]
                """);
        write("manifests/readme", "text\n".repeat(500));
        write("images/shim/list", "registry.example/team/app:1.0\n");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve("context").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ClusterImageBuilder image(String... platforms) {
        ClusterImageBuilder image = ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .annotation("org.opencontainers.image.source", "https://example.com/app")
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("registry.example", registry.endpoint())
                        .build());
        Arrays.stream(platforms).forEach(image::platform);
        return image;
    }

    private OciLayout layout() {
        return OciLayout.directory(directory.resolve("layout"));
    }

    private long sizeOf(TestImage... images) {
        return Arrays.stream(images)
                .mapToLong(one -> one.layer().length + one.config().length + one.manifest().length)
                .sum();
    }

    @Test
    void inspectWhenLayoutHasAnIndexTellsOfTheChosenPlatform() throws IOException {
        BuildResult done = image("linux/amd64", "linux/arm64")
                .tag("labring/app:v1")
                .tag("labring/app:latest")
                .build()
                .writeTo(layout());
        OciLayoutVerifier.verify(directory.resolve("layout")).orThrow();

        InspectedImage image = ClusterImage.inspect(layout(), ImageChoice.any().platform("linux/amd64"));

        assertThat(image.names()).containsExactly("docker.io/labring/app:v1", "docker.io/labring/app:latest");
        assertThat(image.digest()).isPresent().isNotEqualTo(Optional.of(done.digest()));
        assertThat(image.platform()).isEqualTo(AMD64);
        assertThat(image.platforms()).containsExactly(AMD64, ARM64);
        assertThat(image.type()).contains(ImageType.ROOTFS);
        assertThat(image.labels())
                .containsExactly(Map.entry("sealos.io.type", "rootfs"), Map.entry("version", "v1.29.9"));
        assertThat(image.env()).containsKeys("PATH", "b", "a");
        assertThat(image.commands()).containsExactly("bash init.sh", "kubectl apply -f manifests");
        assertThat(image.runtime().variables()).containsEntry("SEALOS_SYS_KUBE_VERSION", "v1.29.9");
        assertThat(image.annotations())
                .containsExactly(Map.entry("org.opencontainers.image.source", "https://example.com/app"));
        assertThat(image.created()).contains("1970-01-01T00:00:00Z");
        assertThat(image.problems()).isEmpty();
    }

    @Test
    void inspectWhenImageIsReadBackHasTheLayersThatWereWritten() throws IOException {
        BuildResult done = image().build().writeTo(layout());

        InspectedImage image = ClusterImage.inspect(layout());

        assertThat(image.digest()).contains(done.digest());
        assertThat(image.names()).isEmpty();
        assertThat(image.layers())
                .map(layer -> layer + " " + layer.diffId() + " " + layer.size() + " " + layer.mediaType())
                .isEqualTo(done.layers().stream()
                        .map(layer -> layer + " " + layer.diffId() + " " + layer.size() + " " + layer.mediaType())
                        .toList());
    }

    @Test
    void inspectWhenImagesAreInsideTellsNamesDigestsPlatformsAndSizes() throws IOException {
        image("linux/amd64").build().writeTo(layout());

        InspectedImage image = ClusterImage.inspect(layout());

        assertThat(image.images()).hasSize(1);
        ContainedImage tagged = image.images().get(0);
        assertThat(tagged.name()).isEqualTo("team/app:1.0");
        assertThat(tagged.digest()).isEqualTo(index);
        assertThat(tagged.platforms()).containsExactly(AMD64);
        assertThat(tagged.size()).isEqualTo(TestImage.index(amd, arm).length + sizeOf(amd));
        assertThat(image.problems()).isEmpty();
    }

    @Test
    void inspectWhenArchiveIsReadTellsTheSame() throws IOException {
        Path oci = directory.resolve("oci.tar");
        Path docker = directory.resolve("docker.tar");
        ClusterImage image =
                image().tag("labring/app:v1").tag("labring/app:latest").build();
        BuildResult done = image.writeTo(OciLayout.archive(oci));
        image.writeTo(DockerArchive.file(docker));

        InspectedImage fromOci = ClusterImage.inspect(OciLayout.archive(oci));
        InspectedImage fromDocker = ClusterImage.inspect(DockerArchive.file(docker));

        assertThat(fromOci.digest()).contains(done.digest());
        assertThat(fromDocker.digest()).isEmpty();
        assertThat(fromDocker.id()).isEqualTo(fromOci.id());
        assertThat(fromDocker.names())
                .isEqualTo(fromOci.names())
                .containsExactly("docker.io/labring/app:v1", "docker.io/labring/app:latest");
        assertThat(fromDocker.images())
                .map(Object::toString)
                .isEqualTo(fromOci.images().stream().map(Object::toString).toList());
        assertThat(fromDocker.layers())
                .map(InspectedLayer::diffId)
                .isEqualTo(fromOci.layers().stream().map(InspectedLayer::diffId).toList());
        assertThat(fromDocker.layers())
                .allMatch(layer -> layer.digest().equals(layer.diffId()))
                .allMatch(layer -> layer.mediaType().equals("application/vnd.docker.image.rootfs.diff.tar"));
        assertThat(fromDocker.commands()).isEqualTo(fromOci.commands());
    }

    @Test
    void inspectWhenLayersAreCompressedReadsThemToo() throws IOException {
        for (LayerCompression compression : LayerCompression.values()) {
            image().compression(compression)
                    .tag("x:" + compression.name().toLowerCase(Locale.ROOT))
                    .build()
                    .writeTo(layout());
            InspectedImage image = ClusterImage.inspect(
                    layout(), ImageChoice.any().tag("x:" + compression.name().toLowerCase(Locale.ROOT)));
            assertThat(image.images()).map(ContainedImage::name).containsExactly("team/app:1.0");
        }
    }

    @Test
    void inspectWhenChoiceIsNotClearListsWhatIsThere() throws IOException {
        image("linux/amd64", "linux/arm64").tag("labring/app:v1").build().writeTo(layout());
        write("manifests/readme", "other");
        image("linux/amd64").tag("labring/app:v2").build().writeTo(layout());

        String there = "docker.io/labring/app:v1 for linux/amd64; docker.io/labring/app:v1 for linux/arm64;"
                + " docker.io/labring/app:v2 for linux/amd64";
        assertChoiceFails(ImageChoice.any(), "3 images; choose one by tag or platform: " + there);
        assertChoiceFails(
                ImageChoice.any().platform("linux/amd64"),
                "2 images for linux/amd64; choose one by tag or platform: " + there);
        assertChoiceFails(
                ImageChoice.any().tag("app:v3").platform("linux/amd64"),
                "no image named 'app:v3' for linux/amd64; choose one by tag or platform: " + there);
        assertThat(ClusterImage.inspect(layout(), ImageChoice.any().tag("labring/app:v2"))
                        .platform())
                .isEqualTo(AMD64);
    }

    private void assertChoiceFails(ImageChoice choice, String message) {
        assertThatExceptionOfType(ImageChoiceException.class)
                .isThrownBy(() -> ClusterImage.inspect(layout(), choice))
                .withMessage(directory.resolve("layout") + " has " + message)
                .satisfies(failure -> assertThat(failure.available()).hasSize(3));
    }

    @Test
    void inspectWhenUpperLayerHidesFilesDoesNotSeeThem() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("layout"));
        String tag = V2 + "repositories/a/_manifests/tags/1/current/link";
        String other = V2 + "repositories/b/_manifests/tags/1/current/link";
        layout.index(layout.image(HandMadeLayout.tar(tag, other)));
        assertThat(ClusterImage.inspect(layout()).problems()).hasSize(2);

        layout.index(layout.image(HandMadeLayout.tar(tag, other), HandMadeLayout.tar(V2 + "repositories/.wh.a")));
        assertThat(ClusterImage.inspect(layout()).problems())
                .singleElement()
                .asString()
                .startsWith("b:1: ");

        layout.index(layout.image(HandMadeLayout.tar(tag, other), HandMadeLayout.tar("registry/.wh..wh..opq", tag)));
        assertThat(ClusterImage.inspect(layout()).problems())
                .singleElement()
                .asString()
                .startsWith("a:1: ");

        layout.index(layout.image(HandMadeLayout.tar(tag, other), HandMadeLayout.tar(".wh.registry")));
        assertThat(ClusterImage.inspect(layout()).problems()).isEmpty();
    }

    @Test
    void inspectWhenRegistryIsIncompleteSaysWhatIsMissing() throws IOException {
        String repository = V2 + "repositories/team/lost/_manifests/";
        write(repository + "tags/1/current/link", amd.digest().toString());
        write(repository + "tags/2/current/link", "nothing");
        String hex = arm.digest().hex();
        write(repository + "revisions/sha256/" + hex + "/link", arm.digest().toString());
        write(V2 + "blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data", "{}");
        image().saveImages(false).build().writeTo(layout());

        InspectedImage image = ClusterImage.inspect(layout());

        assertThat(image.problems())
                .containsExactly(
                        "team/lost:1: " + amd.digest() + " is not in registry/; save the image again",
                        "team/lost:2: its link holds 'nothing', which is not a digest; save the image again",
                        "team/lost@" + arm.digest() + ": " + arm.digest()
                                + " is not a manifest with this digest; save the image again");
        assertThat(image.images())
                .map(ContainedImage::name)
                .containsExactly("team/lost:1", "team/lost@" + arm.digest());
    }

    @Test
    void inspectWhenKindIsMistakenSaysWhichItIs() throws IOException {
        Path oci = directory.resolve("oci.tar");
        Path docker = directory.resolve("docker.tar");
        image().build().writeTo(OciLayout.archive(oci));
        image().build().writeTo(DockerArchive.file(docker));

        assertFails(
                OciLayout.archive(docker),
                docker
                        + " is a docker-archive and not an OCI layout, because it has manifest.json and not index.json; read it"
                        + " as one (DockerArchive), or as docker-archive: in images/skopeo/tar.txt");
        assertFails(
                DockerArchive.file(oci),
                oci
                        + " is an OCI archive and not a docker-archive, because it has index.json and not manifest.json; read it"
                        + " as one (OciLayout.archive), or as oci-archive: in images/skopeo/tar.txt");
        assertFails(
                OciLayout.archive(directory),
                directory + " is a directory, not an archive; read it as an OCI layout (OciLayout.directory)");
        assertFails(
                OciLayout.directory(directory),
                directory
                        + " is not an OCI layout, because it has no index.json; write it with skopeo, buildah or docker buildx");
        assertFails(
                OciLayout.directory(oci),
                oci
                        + ": is a tar archive and not a directory; an image in an archive is read as such (OciLayout.archive,"
                        + " DockerArchive.file);"
                        + " name the directory of a layout");
    }

    @Test
    void inspectWhenThePathIsMissingOrNoArchiveSaysSo() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no tar");

        assertFails(layout(), directory.resolve("layout") + ": there is no such directory; check the path");
        assertFails(
                DockerArchive.file(text),
                text + " cannot be read as an archive: it is not a tar, because it is shorter than a header");
    }

    @Test
    void inspectWhenLayoutIsRegistryDirectorySaysSo() throws IOException {
        Path registry = Files.createDirectories(directory.resolve("registry"));
        Files.createDirectories(registry.resolve("docker/registry/v2"));
        assertFails(
                OciLayout.directory(registry),
                registry
                        + " is not an OCI layout, because it has no index.json; read it as a registry directory (RegistryDirectory)");
    }

    private static void assertFails(ImageSource source, String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.inspect(source))
                .withMessage(message);
    }
}
