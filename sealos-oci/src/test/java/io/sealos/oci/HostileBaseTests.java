package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.oci.internal.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Base images that no honest engine writes. */
class HostileBaseTests {
    private static final String NAME = "labring/kubernetes:v1.24.0";

    @TempDir
    private Path directory;

    private HandMadeLayout layout;

    @BeforeEach
    void makeContext() throws IOException {
        layout = new HandMadeLayout(directory.resolve("base"));
        Files.createDirectories(directory.resolve("context"));
        Files.writeString(directory.resolve("context/f"), "f");
    }

    private ClusterImageBuilder builder(String kubefile) {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .kubefile(Kubefile.parse(kubefile))
                .saveImages(false)
                .baseImage(NAME, OciLayout.directory(layout.directory()));
    }

    private ClusterImageBuilder copying() {
        return builder("FROM labring/kubernetes:v1.24.0\nCOPY f /x/\n");
    }

    private void store(String... entries) throws IOException {
        TestBase.oci().layer(LayerCompression.GZIP, TestBase.tar(entries)).storeIn(layout);
    }

    private void assertUnreadable(String why) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> copying().build())
                .withMessageStartingWith("docker.io/labring/kubernetes:v1.24.0: layer 1 of 1, sha256:")
                .withMessageEndingWith(", cannot be read: " + why);
    }

    @Test
    void buildWhenDiffIdIsWrongSaysSo() throws IOException {
        byte[] tar = TestBase.tar("f 0644 0:0 a a");
        String wrong = "sha256:" + "0".repeat(64);
        TestBase.ofDocument(
                        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"" + wrong + "\"]}}")
                .layer(LayerCompression.NONE, tar)
                .storeIn(layout);

        assertUnreadable("its diffID is " + Digests.sha256(tar) + ", the configuration says " + wrong);
    }

    @Test
    void buildWhenCompressedLayerIsCutOffSaysSo() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(TestBase.tar("f 0644 0:0 a a"));
        }
        byte[] cut = Arrays.copyOf(gzip.toByteArray(), gzip.size() - 9);
        TestBase.oci().layer(LayerCompression.NONE, cut).storeIn(layout);

        assertUnreadable("it ends too early");
    }

    @Test
    void buildWhenDirectoriesAreTooDeepRefusesThem() throws IOException {
        store("f 0644 0:0 " + "d/".repeat(600) + "f f");

        assertUnreadable("it has directories that are nested more than 500 deep");
    }

    @Test
    void buildWhenLinkLeadsNowhereSaysSo() throws IOException {
        store("h 0644 0:0 a ../../etc/hostname");

        assertUnreadable("'a' is a hard link to '../../etc/hostname', which is not an earlier file");
    }

    @Test
    void buildWhenLinksLeadInACircleSaysSo() throws IOException {
        store("l 0777 0:0 x x");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> copying().build())
                .withMessage(
                        "Kubefile:2:1: COPY f /x/: 'x' leads through too many symbolic links; remove the loop of links");
    }

    @Test
    void writeToWhenLinksLeadOutStaysInTheImage() throws IOException {
        store("l 0777 0:0 x ../../../../etc", "f 0644 0:0 ../../escaped e");

        copying().build().writeTo(OciLayout.directory(directory.resolve("out")));

        OciLayoutVerifier.verify(directory.resolve("out"));
        InspectedLayer last = ClusterImage.inspect(OciLayout.directory(directory.resolve("out")))
                .layers()
                .get(1);
        Path blob = directory.resolve("out/blobs/sha256").resolve(last.digest().hex());
        assertThat(WriterFixture.entriesOf(blob, last.mediaType()))
                .containsExactly("0755 0:0 etc/", "0644 0:0 etc/f f");
    }

    @Test
    void writeToWhenLayerChangesAfterTheBuildLeavesNothing() throws IOException {
        store("f 0644 0:0 a a");
        ClusterImage image = copying().build();
        byte[] other = TestBase.tar("f 0644 0:0 a b");
        List<Path> blobs;
        try (var paths = Files.list(layout.directory().resolve("blobs/sha256"))) {
            blobs = paths.toList();
        }
        for (Path blob : blobs) {
            Files.write(blob, other);
        }

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .withMessageContaining("its diffID is " + Digests.sha256(other));
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void buildWhenTriggersAreNotAllowedNamesThem() throws IOException {
        String config = "{\"OnBuild\":[\"ONBUILD ENV A=1\",\"FROM x\",\"RUN make\"]}";
        new TestBase(true, "amd64", config).storeIn(layout);

        assertThatExceptionOfType(KubefileEvaluationException.class)
                .isThrownBy(() -> copying().build())
                .satisfies(e -> assertThat(e.problems())
                        .extracting(problem -> problem.range().sourceName().orElse("") + ":"
                                + problem.range().start() + ": " + problem.message())
                        .containsExactly(
                                "ONBUILD of labring/kubernetes:v1.24.0:1:1: a base image cannot put off ONBUILD",
                                "ONBUILD of labring/kubernetes:v1.24.0:2:1: a base image cannot put off FROM"));
    }

    @Test
    void buildWhenSourceHasOtherPlatformsSaysWhich() throws IOException {
        new TestBase(true, "arm64", "{}").storeIn(layout);

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> copying().build())
                .withMessage("Kubefile:1:1: the base image 'labring/kubernetes:v1.24.0' is not in oci:"
                        + layout.directory() + ": " + layout.directory()
                        + " has no image for linux/amd64; choose one by tag or platform: (no name) for linux/arm64");
    }

    @Test
    void buildWhenOneNameMeansTwoPlatformsRefusesIt() {
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder("FROM --platform=linux/arm64 a AS one\nFROM a\nCOPY --from=one / /\n")
                        .build())
                .withMessage(
                        "Kubefile:2:1: FROM: 'a' is used for linux/arm64 already, at Kubefile:1:1; name it with its"
                                + " digest here");
    }

    @Test
    void buildWhenLayerIsNoTarSaysSo() throws IOException {
        byte[] text = "no tar, but long enough ".repeat(100).getBytes(StandardCharsets.UTF_8);
        TestBase.oci().layer(LayerCompression.GZIP, text).storeIn(layout);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> copying().build())
                .withMessageStartingWith("docker.io/labring/kubernetes:v1.24.0: layer 1 of 1, ");
    }
}
