package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that {@code docker save} writes: of several images, and since version 25 as an OCI layout that also has a
 * manifest.json. Both ways to read the latter come to the same.
 */
class DockerSaveTests {
    private static final String SHOP = "registry.example/team/shop:1";
    private static final String CART = "registry.example/team/cart:1";

    @TempDir
    private Path directory;

    private final List<String> listed = new ArrayList<>();
    private final List<String> indexed = new ArrayList<>();
    private TestBase shop;
    private TestBase cart;

    @BeforeEach
    void makeImages() throws IOException {
        shop = new TestBase(false, "amd64", "{\"Cmd\":[\"shop\"]}")
                .layer(LayerCompression.NONE, TestBase.tar("f 0644 0:0 shop shop"));
        cart = new TestBase(false, "amd64", "{\"Cmd\":[\"cart\"]}")
                .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 cart cart"))
                .layer(LayerCompression.ZSTD, TestBase.tar("f 0644 0:0 more more"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inspectWhenArchiveHasSeveralImagesFindsEachByItsName(boolean asLayout) throws IOException {
        ImageSource archive = source(saved(), asLayout);

        for (String name : List.of("shop", "cart")) {
            InspectedImage image =
                    ClusterImage.inspect(archive, ImageChoice.any().tag("registry.example/team/" + name + ":1"));

            assertThat(image.commands()).containsExactly(name);
            assertThat(image.names()).contains("registry.example/team/" + name + ":1");
            assertThat(image.id()).isEqualTo(Digests.sha256((name.equals("shop") ? shop : cart).config()));
        }
        assertThatExceptionOfType(ImageChoiceException.class)
                .isThrownBy(() -> ClusterImage.inspect(archive))
                .withMessageContaining(" has 2 images; choose one by tag or platform: ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inspectWhenLayersAreCompressedSaysHowEachIsStored(boolean asLayout) throws IOException {
        InspectedImage image = ClusterImage.inspect(
                source(saved(), asLayout), ImageChoice.any().tag(CART));

        assertThat(image.layers()).map(InspectedLayer::digest).isEqualTo(cart.digests());
        assertThat(image.layers())
                .map(layer -> layer.mediaType().replaceAll(".*tar.", ""))
                .containsExactly("gzip", "zstd");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writeToWhenImagesAreInOneArchiveSavesBoth(boolean asLayout) throws IOException {
        ImageSource archive = source(saved(), asLayout);
        Path out = directory.resolve("out");

        context("COPY registry registry")
                .image(SHOP, archive)
                .image(CART, archive)
                .build()
                .writeTo(OciLayout.directory(out));

        assertThat(ClusterImage.inspect(OciLayout.directory(out)).images())
                .map(ContainedImage::name)
                .containsExactlyInAnyOrder("team/shop:1", "team/cart:1");
        RegistryVerifier.verify(OciLayout.directory(out)).orThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void buildWhenBaseIsInTheArchiveTakesItByItsName(boolean asLayout) throws IOException {
        Path out = directory.resolve("out");

        BuildResult done = builder("FROM " + CART + "\nENV A=1\n")
                .baseImage(CART, source(saved(), asLayout))
                .build()
                .writeTo(OciLayout.directory(out));

        OciLayoutVerifier.verify(out).orThrow();
        assertThat(done.layers()).map(BuildLayer::digest).isEqualTo(cart.digests());
        assertThat(ClusterImage.inspect(OciLayout.directory(out)).commands()).containsExactly("cart");
    }

    /** Docker lists all platforms of an image and saves those that it has. */
    @Test
    void readWhenOtherPlatformsWereNotSavedTakesTheOneThatIsThere() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("sparse"));
        shop.storeIn(layout);
        TestBase arm = new TestBase(false, "arm64", "{}");
        String index = HandMadeLayout.indexOf(entry(arm), entry(shop));
        layout.index(named(layout.store(MediaTypes.OCI_INDEX, index), SHOP));
        OciLayout sparse = OciLayout.directory(layout.directory());

        assertThat(ClusterImage.inspect(sparse).digest()).hasValue(Digests.sha256(shop.manifest()));

        ImageLock saved = context("COPY registry registry")
                .image(SHOP, sparse)
                .build()
                .saveRegistry(directory.resolve("registry"));
        assertThat(saved.entries())
                .singleElement()
                .extracting(ImageLock.Entry::digest)
                .isEqualTo(Digests.sha256(index.getBytes(StandardCharsets.UTF_8)));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> context("COPY registry registry")
                        .platform("linux/arm64")
                        .image(SHOP, sparse)
                        .build()
                        .saveRegistry(directory.resolve("other")))
                .withMessage("1 of 1 images could not be saved:\n  " + SHOP + " (image(...) of the builder): "
                        + layout.directory() + " names " + Digests.sha256(arm.manifest())
                        + " but does not have it; save the image there again, with all platforms that are wanted");
    }

    private static String entry(TestBase image) {
        String descriptor = TestImage.descriptor(MediaTypes.OCI_MANIFEST, image.manifest());
        return descriptor.substring(0, descriptor.length() - 1) + ",\"platform\":{\"os\":\"linux\",\"architecture\":\""
                + image.architecture() + "\"}}";
    }

    private ClusterImageBuilder context(String instruction) throws IOException {
        return builder("FROM scratch\n" + instruction + "\n");
    }

    private ClusterImageBuilder builder(String kubefile) throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), kubefile);
        return ClusterImage.builder().context(context).contentStore(directory.resolve("store"));
    }

    private static ImageSource source(Path archive, boolean asLayout) {
        return asLayout ? OciLayout.archive(archive) : DockerArchive.file(archive);
    }

    /** Both images, as Docker 25 and later saves them. */
    private Path saved() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("saved"));
        add(layout, shop, SHOP);
        add(layout, cart, CART);
        layout.index(indexed.toArray(String[]::new));
        Files.writeString(layout.directory().resolve("manifest.json"), "[" + String.join(",", listed) + "]");
        return layout.archive(directory.resolve("saved.tar"));
    }

    private void add(HandMadeLayout layout, TestBase image, String name) throws IOException {
        image.storeIn(layout);
        indexed.add(named(TestImage.descriptor(MediaTypes.OCI_MANIFEST, image.manifest()), name));
        String layers = String.join(
                ",", image.digests().stream().map(DockerSaveTests::path).toList());
        listed.add("{\"Config\":" + path(Digests.sha256(image.config())) + ",\"RepoTags\":[\"" + name
                + "\"],\"Layers\":[" + layers + "],\"LayerSources\":{}}");
    }

    private static String path(Digest digest) {
        return "\"blobs/sha256/" + digest.hex() + "\"";
    }

    private static String named(String descriptor, String name) {
        return descriptor.substring(0, descriptor.length() - 1) + ",\"annotations\":{\"io.containerd.image.name\":\""
                + name + "\",\"org.opencontainers.image.ref.name\":\"1\"}}";
    }
}
