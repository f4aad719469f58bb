package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealos.images.ImageDiff;
import io.sealos.images.ImageLock;
import io.sealos.kubefile.Kubefile;
import io.sealos.oci.ClusterImageDiff.FileChange;
import io.sealos.oci.ClusterImageDiff.Setting;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.testing.SampleImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterImageDiffSourcesTests {
    private static final ImageChoice ANY = ImageChoice.any();

    @TempDir
    Path directory;

    private InProcessRegistry registry;

    @BeforeEach
    void putImages() throws IOException {
        registry = InProcessRegistry.start();
        registry.putImage(
                "images.example/team/shop:1",
                SampleImage.of("linux/amd64", "linux/arm64").withLabel("of", "one"));
        registry.putImage(
                "images.example/team/shop:2",
                SampleImage.of("linux/amd64", "linux/arm64").withLabel("of", "two"));
        registry.putImage("images.example/team/db:1", "linux/amd64", "linux/arm64");
        registry.serve("registry.example");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ClusterImageBuilder image(String shop) {
        return image(shop, "same");
    }

    private ClusterImageBuilder image(String shop, String note) {
        return ClusterImage.builder()
                .kubefile(Kubefile.parse("""
                        FROM scratch
                        ENV NAME=shop
                        COPY . .
                        CMD ["echo $(NAME)"]
                        """))
                .imageList("list", List.of("images.example/team/shop:" + shop, "images.example/team/db:1"))
                .file("charts/shop/Chart.yaml", "name: shop\nversion: " + shop + "\n")
                .file("etc/note", note)
                .tag("acme/app:" + shop)
                .registryAccess(registry.access())
                .contentStore(directory.resolve("store"));
    }

    private OciLayout written(ClusterImageBuilder image, String name) throws IOException {
        OciLayout target = OciLayout.archive(directory.resolve(name + ".tar"));
        image.build().writeTo(target);
        return target;
    }

    private RegistryImage pushed(ClusterImageBuilder image, String name) throws IOException {
        RegistryImage target = RegistryImage.of("registry.example/" + name).withAccess(registry.access());
        image.build().writeTo(target);
        return target;
    }

    @Test
    void fetchesLayersWhenImagesAtARegistryDiffer() throws IOException {
        OciLayout one = written(image("1"), "one");
        OciLayout two = written(image("2"), "two");
        ClusterImageDiff diff = ClusterImage.compare(
                pushed(image("1"), "app:1"), pushed(image("2").compression(LayerCompression.GZIP), "app:2"));
        assertThat(diff).isEqualTo(ClusterImage.compare(one, two)).isNotEqualTo(ClusterImageDiff.NONE);
        assertThat(ClusterImage.compare(one, pushed(image("1").compression(LayerCompression.GZIP), "app:z")))
                .isEqualTo(ClusterImageDiff.NONE);
    }

    @Test
    void fetchesNoLayerWhenTheManifestsAreEqual() throws IOException {
        RegistryImage image = pushed(image("1"), "app:1");
        int before = registry.requests().size();
        assertThat(ClusterImage.compare(image, written(image("1"), "one")).isEmpty())
                .isTrue();
        assertThat(registry.requests().subList(before, registry.requests().size()))
                .filteredOn(request -> request.contains("/app/blobs/"))
                .hasSize(1);
    }

    @Test
    void readsABaseWhenItIsAtARegistry() throws IOException {
        OciLayout one = written(image("1"), "one");
        assertThat(DeltaBase.of(pushed(image("1"), "app:1")).blobs().get(0).inventory())
                .isEqualTo(DeltaBase.of(one).blobs().get(0).inventory());
        assertThat(RegistryVerifier.verify(pushed(image("1"), "app:1")).isSelfSufficient())
                .isTrue();
    }

    @Test
    void findsNoDifferenceWhenTheLockIsThatOfTheImage() throws IOException {
        ClusterImage built =
                image("1").platform("linux/amd64").platform("linux/arm64").build();
        OciLayout one = OciLayout.archive(directory.resolve("one.tar"));
        ImageLock lock = built.writeTo(one).lock();
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            InspectedImage image = ClusterImage.inspect(one, ANY.platform(platform));
            assertThat(image.imageDiff(lock).changes()).isEmpty();
            assertThat(image.imageDiff(image("2").platform(platform).build().resolve())
                            .changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.kind()).isEqualTo(ImageDiff.Kind.RETAGGED))
                    .satisfies(change -> assertThat(change.repository()).isEqualTo("sealos.hub:5000/team/shop"));
        }
    }

    @Test
    void comparesImagesByDigestWhenALockHasThem() throws IOException {
        String digest =
                registry.putImage("images.example/team/job:9", "linux/amd64").toString();
        ClusterImageBuilder builder =
                image("1").imageList("more", List.of("images.example/team/job@" + digest, "images.example/team/job:9"));
        InspectedImage both = ClusterImage.inspect(written(builder, "both"));
        assertThat(both.imageDiff(builder.build().resolve()).changes()).isEmpty();
        ClusterImageBuilder one = image("1").imageList("more", List.of("images.example/team/job@" + digest));
        assertThat(ClusterImage.inspect(written(one, "one"))
                        .imageDiff(one.build().resolve())
                        .changes())
                .isEmpty();
    }

    @Test
    void refusesALockWhenTheImagesAreNotKnown() throws IOException {
        InspectedImage image = ClusterImage.inspect(pushed(image("1"), "app:1"));
        assertThatIllegalStateException()
                .isThrownBy(() -> image.imageDiff(ImageLock.builder().build()))
                .withMessage("the layers of [registry.example/app:1] were not read; inspect the image in a layout or an"
                        + " archive");
    }

    @Test
    void findsNoDifferenceWhenNothingOfThePlanChanged() throws IOException {
        OciLayout one = written(image("1"), "one");
        ClusterImageDiff diff =
                ClusterImage.compare(one, ANY, image("1").build().plan());
        assertThat(diff.isEmpty()).as(diff.toText()).isTrue();
        assertThat(diff.bytesToReceive()).isEmpty();
    }

    @Test
    void listsWhatAPlanWouldChange() throws IOException {
        OciLayout one = written(image("1"), "one");
        BuildPlan plan = image("2", "other").label("new", "x").build().plan();
        ClusterImageDiff diff = ClusterImage.compare(one, ANY, plan);
        assertThat(diff.changesOnlyImagesOf("team/shop")).isTrue();
        assertThat(diff.images().changes()).hasSize(1);
        assertThat(diff.charts()).containsExactly(new ClusterImageDiff.ChartChange("shop", List.of("1"), List.of("2")));
        assertThat(diff.settings())
                .singleElement()
                .satisfies(change -> assertThat(change.setting()).isEqualTo(Setting.LABEL));
        assertThat(diff.files())
                .extracting(FileChange::path)
                .containsExactly("charts/shop/Chart.yaml", "etc/note", "images/shim/list");
        assertThat(diff.toText()).endsWith("files: 3 changed\n").doesNotContain("to receive");
        assertThat(diff.toJson()).doesNotContain("bytesToReceive");
    }

    @Test
    void refusesAPlanWhenItIsForAnotherPlatform() throws IOException {
        OciLayout one = written(image("1"), "one");
        BuildPlan plan = image("1").platform("linux/arm64").build().plan();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterImage.compare(one, ANY, plan))
                .withMessage(
                        "the plan is for [linux/arm64], but the image is for linux/amd64; choose one of the platforms"
                                + " (ImageChoice.platform)");
    }

    @ParameterizedTest
    @EnumSource(
            value = LayerCompression.class,
            names = {"NONE", "GZIP"})
    void comparesContainerImagesWhenTheyAreChosen(LayerCompression compression) throws IOException {
        ImageSource one = written(image("1").compression(compression), "one").containedImages();
        ImageSource two = written(image("2").compression(compression), "two").containedImages();
        ClusterImageDiff diff = ClusterImage.compare(
                one, ANY.tag("images.example/team/shop:1"), two, ANY.tag("sealos.hub:5000/team/shop:2"));
        assertThat(diff.settings()).singleElement().satisfies(change -> {
            assertThat(change.name()).isEqualTo("of");
            assertThat(change.after()).containsExactly("two");
        });
        assertThat(diff.files())
                .singleElement()
                .satisfies(file -> assertThat(file.aspects()).containsExactly(ClusterImageDiff.FileAspect.CONTENT));
        assertThat(diff.bytesToReceive()).isEmpty();
        assertThat(diff).hasToString("settings: 1 changed; files: 1 changed");
        ImageChoice db = ANY.tag("team/db:1");
        assertThat(ClusterImage.compare(one, db, two, db).isEmpty()).isTrue();
    }

    @Test
    void buildsAnotherImageWhenItsSourceIsAClusterImage() throws IOException {
        OciLayout one = written(image("1"), "one");
        ClusterImageBuilder rebuilt = image("1").offline(true).contentStore(directory.resolve("other"));
        for (String name : List.of("images.example/team/shop:1", "images.example/team/db:1")) {
            rebuilt.image(name, one.containedImages());
        }
        ImageSource again = written(rebuilt, "again").containedImages();
        ImageChoice shop = ANY.tag("team/shop:1");
        assertThat(ClusterImage.inspect(again, shop).digest())
                .isEqualTo(ClusterImage.inspect(one.containedImages(), shop).digest());
        assertThat(ClusterImage.compare(one.containedImages(), shop, again, shop)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void failsWhenADeltaLacksLayersOfAContainerImage() throws IOException {
        OciLayout one = written(image("1"), "one");
        OciLayout delta = written(image("2").deltaFrom(DeltaBase.of(one)), "delta");
        ImageChoice db = ANY.tag("team/db:1");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.compare(one.containedImages(), db, delta.containedImages(), db))
                .withMessageMatching("registry/ of .*delta.tar: a delta image leaves out the blob sha256:[0-9a-f]{64};"
                        + " create the full image \\(ClusterImage\\.combine\\)");
    }

    @Test
    void listsContainerImagesWhenTheChoiceMatchesNone() throws IOException {
        ImageSource one = written(image("1"), "one").containedImages();
        assertThatExceptionOfType(ImageChoiceException.class)
                .isThrownBy(() -> ClusterImage.inspect(one, ANY.tag("team/none:1")))
                .withMessageContaining("team/shop:1")
                .withMessageContaining("registry/ of ");
    }
}
