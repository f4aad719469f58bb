package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.inspect.FoundImage;
import io.sealos.oci.internal.inspect.FoundImages;
import io.sealos.oci.internal.layout.CopiedImage;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.trust.policy.SignatureRules;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedImageTests {
    @TempDir
    private Path directory;

    @Test
    void writeToWhenImageIsCopiedToALayoutKeepsEachByte() throws IOException {
        TestBase base = new TestBase(true, "amd64", TestBase.ROOTFS)
                .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 a one"))
                .layer(LayerCompression.ZSTD, TestBase.tar("f 0644 0:0 b two"));
        Path source = stored(base);

        WrittenImage written = copy(OciLayout.directory(source), OciLayout.directory(directory.resolve("copy")));

        assertThat(written.root().digest()).isEqualTo(Digests.sha256(base.manifest()));
        assertThat(written.root().mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        OciLayoutVerifier.verify(directory.resolve("copy")).orThrow();
        assertThat(names(directory.resolve("copy"))).isEqualTo(names(source));
    }

    @Test
    void writeToWhenImageIsCopiedToADockerArchiveDecompressesItsLayers() throws IOException {
        TestBase base = TestBase.oci().layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 a one"));
        Path archive = directory.resolve("image.tar");

        copy(OciLayout.directory(stored(base)), DockerArchive.file(archive));
        Path back = directory.resolve("back");
        copy(DockerArchive.file(archive), OciLayout.directory(back));

        assertThat(ClusterImage.inspect(DockerArchive.file(archive)).id()).isEqualTo(Digests.sha256(base.config()));
        assertThat(ClusterImage.inspect(OciLayout.directory(back)).id()).isEqualTo(Digests.sha256(base.config()));
        OciLayoutVerifier.verify(back).orThrow();
    }

    @Test
    void writeToWhenImageIsCopiedBetweenRegistriesKeepsItsDigest() throws IOException {
        TestBase base =
                new TestBase(true, "arm64", "{}").layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 a one"));
        try (InProcessRegistry from = InProcessRegistry.start();
                InProcessRegistry to = InProcessRegistry.start()) {
            base.pushTo(from, "team/app", "1.0");

            WrittenImage written = copy(
                    RegistryImage.of("from.example/team/app:1.0").withAccess(access("from.example", from)),
                    RegistryImage.of("to.example/team/copy:2.0").withAccess(access("to.example", to)));

            assertThat(written.root().digest()).isEqualTo(Digests.sha256(base.manifest()));
            RegistryImage copy = RegistryImage.of("to.example/team/copy:2.0").withAccess(access("to.example", to));
            assertThat(ClusterImage.inspect(copy).digest()).contains(Digests.sha256(base.manifest()));
        }
    }

    @Test
    void findWhenLayoutHasImagesOfSeveralNamesNeedsAChoice() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("many"));
        String one = layout.image(HandMadeLayout.tar("one"));
        String two = layout.image(HandMadeLayout.tar("two"));
        layout.index(named(one, "team/one:1"), named(two, "team/two:1"));
        OciLayout source = OciLayout.directory(layout.directory());

        assertThatThrownBy(() -> source.find(ImageChoice.any(), List.of(), resources()))
                .isInstanceOf(ImageChoiceException.class)
                .hasMessageContaining("2 images")
                .hasMessageContaining("team/two:1 for linux/amd64");
        try (FoundImages found = source.find(ImageChoice.any().tag("team/two:1"), List.of(), resources())) {
            assertThat(found.platforms()).hasSize(1);
        }
    }

    @Test
    void copiedWhenALayerHasAnotherDigestIsRefused() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("sha512"));
        byte[] tar = HandMadeLayout.tar("a");
        Digest digest = Digests.as("sha512", tar);
        Files.createDirectories(layout.directory().resolve("blobs/sha512"));
        Files.write(layout.directory().resolve("blobs/sha512").resolve(digest.hex()), tar);
        String config = layout.store(
                MediaTypes.OCI_CONFIG,
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"" + Digests.sha256(tar)
                        + "\"]}}");
        String layer = "{\"mediaType\":\"" + MediaTypes.OCI_LAYER + "\",\"digest\":\"" + digest + "\",\"size\":"
                + tar.length + "}";
        layout.index(layout.store(MediaTypes.OCI_MANIFEST, "{\"config\":" + config + ",\"layers\":[" + layer + "]}"));
        OciLayout source = OciLayout.directory(layout.directory());

        assertThatThrownBy(() -> copy(source, OciLayout.directory(directory.resolve("copy"))))
                .isInstanceOf(IOException.class)
                .hasMessage(source + " has the blob " + digest + ", which cannot be copied under this digest; write"
                        + " the image with SHA-256 digests");
        assertThat(directory.resolve("copy")).doesNotExist();
    }

    private static String named(String descriptor, String name) {
        return descriptor.replaceFirst(
                "}$", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}}");
    }

    private Path stored(TestBase base) throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("source"));
        base.storeIn(layout);
        return layout.directory();
    }

    private static RegistryAccess access(String host, InProcessRegistry registry) {
        return RegistryAccess.builder()
                .endpoint(host, URI.create("http://" + registry.host()))
                .build();
    }

    private WrittenImage copy(ImageSource source, ImageTarget target) throws IOException {
        BuildResources resources = resources();
        try (FoundImages found = source.find(ImageChoice.any(), List.of(), resources)) {
            List<CopiedImage> copied = new ArrayList<>();
            for (FoundImage image : found.platforms()) {
                copied.add(image.copied());
            }
            return ImageOutput.writeTo(target, ImageRequest.copyOf(copied, List.of()), resources);
        }
    }

    private BuildResources resources() {
        return new BuildResources(
                RegistryAccess.defaults().settings(),
                false,
                SignatureRules.NONE,
                Optional.empty(),
                Optional.of(directory.resolve("store")),
                Optional.empty(),
                BuildListener.NONE);
    }

    private static List<String> names(Path layout) throws IOException {
        try (var files = Files.list(layout.resolve("blobs/sha256"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
