package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageIndexTests {
    @TempDir
    private Path directory;

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .file("Kubefile", "FROM scratch\nCOPY a a\nLABEL sealos.io.type=application\n")
                .file("a", "text")
                .annotation("org.opencontainers.image.title", "app");
    }

    private OciLayout built(String... platforms) throws IOException {
        ClusterImageBuilder builder = builder();
        for (String platform : platforms) {
            builder.platform(platform);
        }
        OciLayout layout = OciLayout.directory(
                directory.resolve(String.join("-", platforms).replace('/', '_')));
        builder.build().writeTo(layout);
        return layout;
    }

    @Test
    void writeToWhenImagesWereBuiltApartHasTheDigestOfOneBuild() throws IOException {
        OciLayout both = built("linux/amd64", "linux/arm64");
        Path written = directory.resolve("index");

        WriteResult done = ClusterImage.index(built("linux/amd64"), built("linux/arm64"))
                .tag("team/app:1.0")
                .writeTo(OciLayout.directory(written));

        OciLayoutVerifier.verify(written).orThrow();
        Digest inner = ClusterImage.inspect(both, ImageChoice.any().platform("linux/arm64"))
                .digest()
                .orElseThrow();
        assertThat(done.manifests().get(1).digest()).isEqualTo(inner);
        assertThat(done.digest())
                .isEqualTo(builder()
                        .platform("linux/amd64")
                        .platform("linux/arm64")
                        .build()
                        .writeTo(OciLayout.archive(directory.resolve("both.tar")))
                        .digest());
        assertThat(ClusterImage.inspect(
                                OciLayout.directory(written), ImageChoice.any().platform("linux/amd64"))
                        .names())
                .contains("docker.io/team/app:1.0");
    }

    @Test
    void writeToWhenImagesAreForTheSamePlatformIsRefused() throws IOException {
        OciLayout both = built("linux/amd64", "linux/arm64");
        OciLayout arm = built("linux/arm64");

        assertThatThrownBy(() -> ClusterImage.index(both, arm).writeTo(OciLayout.directory(directory.resolve("index"))))
                .isInstanceOf(ImageChoiceException.class)
                .hasMessage(arm + " has an image for linux/arm64, which " + both
                        + " has, too; choose one by tag or platform: linux/arm64");
        assertThat(directory.resolve("index")).doesNotExist();
    }

    @Test
    void writeToWhenAnIndexIsNestedFlattensItAndKeepsAnnotations() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("nested"));
        String image = layout.image(HandMadeLayout.tar("a"));
        String annotated = image.replaceFirst("}$", ",\"annotations\":{\"k\":\"v\"}}");
        String inner = layout.store(MediaTypes.OCI_INDEX, HandMadeLayout.indexOf(annotated));
        layout.index(layout.store(MediaTypes.OCI_INDEX, HandMadeLayout.indexOf(inner)));
        Path written = directory.resolve("index");

        WriteResult done = ClusterImage.index(OciLayout.directory(layout.directory()), built("linux/arm64"))
                .writeTo(OciLayout.directory(written));

        OciLayoutVerifier.verify(written).orThrow();
        String index = Files.readString(
                written.resolve("blobs/sha256").resolve(done.digest().hex()));
        assertThat(index).contains("\"annotations\":{\"k\":\"v\"}");
        assertThat(done.manifests())
                .extracting(manifest -> manifest.platform().toString())
                .containsExactly("linux/amd64", "linux/arm64");
        assertThat(Digests.sha256(index)).isEqualTo(done.digest());
    }

    @Test
    void writeToWhenAnImageIsADockerArchiveGivesItAManifest() throws IOException {
        Path archive = directory.resolve("amd64.tar");
        builder().platform("linux/amd64").build().writeTo(DockerArchive.file(archive));
        Path written = directory.resolve("index");

        WriteResult done = ClusterImage.index(DockerArchive.file(archive), built("linux/arm64"))
                .writeTo(OciLayout.directory(written));

        OciLayoutVerifier.verify(written).orThrow();
        assertThat(done.manifests().get(0).config())
                .isEqualTo(ClusterImage.inspect(DockerArchive.file(archive)).id());
    }
}
