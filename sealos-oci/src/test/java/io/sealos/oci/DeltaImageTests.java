package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealos.images.Digest;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaImageTests {
    private static final int SIZE = 20_000;

    @TempDir
    Path directory;

    private DeltaFixture images;
    private OciLayout base;
    private Digest baseDigest;

    @BeforeEach
    void writeBase() throws IOException {
        images = new DeltaFixture(directory);
        base = OciLayout.archive(directory.resolve("base.tar"));
        baseDigest = images.image(
                        List.of(images.put("team/shop:1", SIZE, 1, 2, 3), images.put("team/db:1", SIZE, 1, 4)))
                .build()
                .writeTo(base)
                .digest();
    }

    @AfterEach
    void close() {
        images.close();
    }

    private List<String> later() throws IOException {
        return List.of(
                images.put("team/shop:2", SIZE, 1, 2, 5),
                images.put("team/db:1", SIZE, 1, 4),
                images.put("team/cache:1", SIZE, 1, 6));
    }

    private ClusterImageBuilder delta() throws IOException {
        return images.image(later()).deltaFrom(DeltaBase.of(base));
    }

    private OciLayout layout(String name) {
        return OciLayout.directory(directory.resolve(name));
    }

    @Test
    void writeToWhenOutputIsTheBaseIsRefused() throws IOException {
        Path file = directory.resolve("base.tar");
        byte[] before = Files.readAllBytes(file);
        Path link = Files.createSymbolicLink(directory.resolve("link.tar"), file);

        for (Path output : List.of(file, link)) {
            assertThatExceptionOfType(BuildRefusedException.class)
                    .isThrownBy(() -> delta().build().writeTo(OciLayout.archive(output)))
                    .withMessageContaining(output + ": the output is the base of the delta image, and would replace it;"
                            + " write it to another file");
        }
        assertThat(file).hasBinaryContent(before);
    }

    /** {@return the blobs in the registry directory of a layout} */
    private Set<String> blobs(String layout) throws IOException {
        Set<String> blobs = new TreeSet<>();
        for (InspectedLayer layer : ClusterImage.inspect(layout(layout)).layers()) {
            Path file = directory
                    .resolve(layout)
                    .resolve("blobs/sha256")
                    .resolve(layer.digest().hex());
            if (!layer.mediaType().endsWith("gzip")) {
                try (InputStream tar = Files.newInputStream(file)) {
                    TarEntries entries = new TarEntries(tar);
                    for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
                        if (entry.name().endsWith("/data")) {
                            blobs.add(entry.name().split("/", -1)[7]);
                        }
                    }
                }
            }
        }
        return blobs;
    }

    @Test
    void writeToWhenBaseIsGivenLeavesOutLayersOfTheSameRepository() throws IOException {
        images.image(later()).build().writeTo(layout("full"));
        delta().build().writeTo(layout("delta"));

        Set<String> missing = blobs("full");
        missing.removeAll(blobs("delta"));

        OciLayoutVerifier.verify(directory.resolve("delta")).orThrow();
        // Layer 1 stays, because team/cache needs it, and the site has it in other repositories only.
        assertThat(missing)
                .containsExactlyInAnyOrder(
                        DeltaFixture.layer(SIZE, 2).hex(),
                        DeltaFixture.layer(SIZE, 4).hex());
    }

    @Test
    void writeToWhenBaseIsGivenNamesItAndTheFullImage() throws IOException {
        BuildResult full = images.image(later()).build().writeTo(layout("full"));
        delta().build().writeTo(layout("delta"));

        InspectedImage inspected = ClusterImage.inspect(layout("delta"));

        assertThat(inspected.labels())
                .containsEntry("io.sealos.delta.base", baseDigest.toString())
                .containsEntry("io.sealos.delta.blobs", "2")
                .containsEntry("io.sealos.delta.full", full.digest().toString());
        assertThat(inspected.annotations()).containsAllEntriesOf(inspected.labels());
        assertThat(inspected.commands()).containsExactly("bash sealos-delta/guard.sh || exit 1", "echo $(NAME)");
        assertThat(inspected.problems()).isEmpty();
        assertThat(inspected.images())
                .isEqualTo(ClusterImage.inspect(layout("full")).images());
        assertThat(ClusterImage.inspect(layout("full")).delta()).isEmpty();
        assertThat(full.delta()).isEmpty();
    }

    @Test
    void planDeltaWhenLayersWereNotFetchedReturnsTheSizesOfTheResult() throws IOException {
        ClusterImage image =
                delta().contentStore(directory.resolve("empty store")).build();
        int earlier = images.registry().requests().size();

        ImageDelta planned = image.planDelta();
        List<String> requests = images.registry().requests();
        ImageDelta written = image.writeTo(layout("delta")).delta().orElseThrow();

        assertThat(planned)
                .isEqualTo(written)
                .isEqualTo(ClusterImage.inspect(layout("delta")).delta().orElseThrow());
        assertThat(planned.bases()).containsExactly(baseDigest);
        assertThat(planned.sparedBlobs()).isEqualTo(2);
        assertThat(planned.sparedBytes()).isBetween(2L * SIZE, 2L * SIZE + 100);
        assertThat(planned.images())
                .extracting(ImageDelta.Image::name)
                .containsExactly("team/cache:1", "team/db:1", "team/shop:2");
        assertThat(planned).hasToString("""
                        62.7 kB sent, 40.1 kB spared in 2 blobs
                        team/cache:1: 40.8 kB sent, 0 B spared
                        team/db:1: 20.8 kB sent, 20.0 kB spared
                        team/shop:2: 41.1 kB sent, 20.0 kB spared""");
        List<String> layers = new ArrayList<>();
        for (long seed : new long[] {1, 2, 4, 5, 6}) {
            layers.add(DeltaFixture.layer(SIZE, seed).toString());
        }
        assertThat(requests.subList(earlier, requests.size()))
                .isNotEmpty()
                .noneMatch(request -> layers.stream().anyMatch(request::endsWith));
    }

    @Test
    void planWhenBaseIsOfAnotherApplicationSaysThatNothingIsSpared() throws IOException {
        String other = images.put("other/app:1", 1000, 1);
        String wanted = images.put("acme/web:1", 1000, 2);
        OciLayout released = OciLayout.directory(directory.resolve("released"));
        images.image(List.of(other)).build().writeTo(released);

        ClusterImage image =
                images.image(List.of(wanted)).deltaFrom(DeltaBase.of(released)).build();

        String notice = "nothing is spared: no base has a repository of the images that are saved; name the image that"
                + " the site has, or build a full image";
        assertThat(image.plan().deltaNotice()).hasValue(notice);
        assertThat(image.plan().toText()).contains(notice);
        assertThat(image.plan().toJson()).contains("\"deltaNotice\"");
        assertThat(image.planDelta().toString())
                .contains("; nothing is spared, because the bases have no blob of these images");
        assertThat(images.image(List.of(other))
                        .deltaFrom(DeltaBase.of(released))
                        .build()
                        .plan()
                        .deltaNotice())
                .isEmpty();
        assertThat(images.image(List.of(wanted)).build().plan().deltaNotice()).isEmpty();
    }

    @Test
    void planDeltaWhenImageIsFullIsRefused() throws IOException {
        ClusterImage image = images.image(later()).build();

        assertThatIllegalStateException()
                .isThrownBy(image::planDelta)
                .withMessage("this image is no delta; build it with a base (deltaFrom)");
    }

    @Test
    void writeToWhenRepeatedWritesTheSameBytes() throws IOException {
        Digest first = delta().build()
                .writeTo(OciLayout.archive(directory.resolve("one.tar")))
                .digest();
        Digest second = delta().build()
                .writeTo(OciLayout.archive(directory.resolve("two.tar")))
                .digest();

        assertThat(second).isEqualTo(first);
        assertThat(directory.resolve("two.tar")).hasSameBinaryContentAs(directory.resolve("one.tar"));
    }

    @Test
    void writeToWhenBaseHasNothingInCommonLeavesOutNothing() throws IOException {
        BuildResult delta = images.image(List.of(images.put("team/new:1", SIZE, 1, 2)))
                .deltaFrom(DeltaBase.of(base))
                .build()
                .writeTo(layout("delta"));

        assertThat(delta.delta().orElseThrow().sparedBlobs()).isZero();
        assertThat(RegistryVerifier.verify(layout("delta")).problems()).isEmpty();
    }

    @Test
    void writeToWhenLayersAreNotCompressedKeepsThem() throws IOException {
        String plain = "application/vnd.oci.image.layer.v1.tar";
        OciLayout before = layout("before");
        images.image(List.of(images.put("team/plain:1", plain, SIZE, 1, 2)))
                .build()
                .writeTo(before);

        BuildResult delta = images.image(List.of(images.put("team/plain:2", plain, SIZE, 1, 3)))
                .deltaFrom(DeltaBase.of(before))
                .build()
                .writeTo(layout("delta"));

        // sealos compresses such layers, so the site has them with another digest.
        assertThat(delta.delta().orElseThrow().sparedBlobs()).isZero();
    }

    @Test
    void buildWhenImageIsNoApplicationIsRefused() throws IOException {
        ClusterImageBuilder builder = delta().label("sealos.io.type", "rootfs");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(builder::build)
                .withMessage("delta: an image of the type rootfs cannot be a delta, because sealos runs none of its"
                        + " commands before it needs the images; build a full image, or an application");
    }

    @Test
    void buildWhenPlatformHasNoBaseIsRefused() throws IOException {
        ClusterImageBuilder builder = delta().platform("linux/amd64").platform("linux/arm64");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(builder::build)
                .withMessage("delta: none of the bases is for linux/arm64; add a base for this platform, or build a"
                        + " full image for it");
    }

    @Test
    void deltaFromWhenNoBaseIsGivenIsRefused() {
        ClusterImageBuilder builder = ClusterImage.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(builder::deltaFrom)
                .withMessage("a delta image has at least one base; name one, or build a full image");
    }

    @Test
    void verifyWhenBasesAreMissingNamesThem() throws IOException {
        delta().build().writeTo(layout("delta"));

        assertThat(RegistryVerifier.verify(layout("delta")).problems())
                .containsExactly("the image is a delta of docker.io/acme/shop:1 " + baseDigest
                        + ", and 2 blobs that it needs are not in registry/; load the base first, and verify both"
                        + " together");
    }

    @Test
    void verifyWhenBasesAreGivenFindsNothing() throws IOException {
        delta().build().writeTo(layout("delta"));

        RegistryReport report = RegistryVerifier.verify(layout("delta"), List.of(DeltaBase.of(base)));

        assertThat(report.problems()).isEmpty();
        assertThat(report.references()).hasSize(3);
    }

    @Test
    void verifyWhenOtherBasesAreGivenNamesEachBlob() throws IOException {
        delta().build().writeTo(layout("delta"));
        images.image(List.of(images.put("team/shop:1", SIZE, 1, 2, 3))).build().writeTo(layout("other"));

        assertThat(RegistryVerifier.verify(layout("delta"), List.of(DeltaBase.of(layout("other"))))
                        .problems())
                .containsExactly("the image is a delta of docker.io/acme/shop:1 " + baseDigest + ", and team/db needs "
                        + DeltaFixture.layer(SIZE, 4)
                        + ", which is neither in registry/ nor in the given bases; name the base that has it");
    }

    @Test
    void deltaFromWhenBaseIsDeltaCountsWhatItsGuardChecks() throws IOException {
        delta().build().writeTo(layout("delta"));

        BuildResult next = images.image(List.of(images.put("team/shop:3", SIZE, 2, 5, 7)))
                .deltaFrom(DeltaBase.of(layout("delta")))
                .build()
                .writeTo(layout("next"));

        assertThat(next.delta().orElseThrow().sparedBlobs()).isEqualTo(2);
    }
}
