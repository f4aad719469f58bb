package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.Digest;
import io.sealos.kubefile.Kubefile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaCombineTests {
    private static final int PAIRS = 15;
    private static final int SIZE = 5_000;

    @TempDir
    Path directory;

    private DeltaFixture images;

    @BeforeEach
    void start() throws IOException {
        images = new DeltaFixture(directory);
    }

    @AfterEach
    void close() {
        images.close();
    }

    private OciLayout layout(String name) {
        return OciLayout.directory(directory.resolve(name));
    }

    @Test
    void combineWhenImagesAreGeneratedWritesTheSameBytes() throws IOException {
        int spared = 0;
        for (int seed = 0; seed < PAIRS; seed++) {
            spared += combine(new Random(seed), "pair" + seed);
        }

        assertThat(spared).isGreaterThan(PAIRS / 2);
    }

    /** Builds a base, a full image and a delta image, and returns the number of blobs that the delta spares. */
    private int combine(Random random, String name) throws IOException {
        boolean several = random.nextInt(4) == 0;
        OciLayout base = OciLayout.archive(directory.resolve(name + "-base.tar"));
        builder(random, name, 1, several).build().writeTo(base);
        long settings = random.nextLong();
        ClusterImageBuilder full = builder(new Random(settings), name, 2, several);
        ClusterImageBuilder delta =
                builder(new Random(settings), name, 2, several).deltaFrom(DeltaBase.of(base));
        Path expected = directory.resolve(name + "-full.tar");
        Digest digest = full.build().writeTo(OciLayout.archive(expected)).digest();
        BuildResult written = delta.build().writeTo(layout(name + "-delta"));

        Path combined = directory.resolve(name + "-combined.tar");
        Digest found = ClusterImage.combine(List.of(base), layout(name + "-delta"), OciLayout.archive(combined));

        assertThat(found).as(name).isEqualTo(digest);
        assertThat(combined).hasSameBinaryContentAs(expected);
        OciLayoutVerifier.verify(directory.resolve(name + "-delta")).orThrow();
        assertThat(RegistryVerifier.verify(layout(name + "-delta"), List.of(DeltaBase.of(base)))
                        .problems())
                .as(name)
                .isEmpty();
        delete(name);
        return written.delta().orElseThrow().sparedBlobs();
    }

    private ClusterImageBuilder builder(Random random, String name, int version, boolean several) throws IOException {
        List<String> references = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String image = "team/app" + i + ":" + version + "-" + name;
            if (several) {
                image = "team/app" + i + ":" + random.nextInt(2) + "-" + name;
                images.registry().putImage(DeltaFixture.HOST + image, "linux/amd64", "linux/arm64");
                references.add(DeltaFixture.HOST + image);
            } else {
                references.add(images.put(
                        image,
                        SIZE,
                        random.longs(1 + random.nextInt(5), 1, 12).distinct().toArray()));
            }
        }
        ClusterImageBuilder builder = images.image(
                        references.stream().distinct().toList())
                .platform("linux/amd64")
                .registryLayering(random.nextBoolean() ? RegistryLayering.PER_IMAGE : RegistryLayering.ONE_LAYER)
                .compression(random.nextInt(3) == 0 ? LayerCompression.GZIP : LayerCompression.BY_CONTENT)
                .file("etc/version", "version " + version);
        return several ? builder.platform("linux/arm64") : builder;
    }

    private void delete(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(it -> it.getFileName().toString().startsWith(name + "-"))
                    .toList()) {
                try (Stream<Path> below = Files.walk(file)) {
                    for (Path each :
                            below.sorted((one, other) -> other.compareTo(one)).toList()) {
                        Files.delete(each);
                    }
                }
            }
        }
    }

    private Digest writePair() throws IOException {
        images.image(List.of(images.put("team/shop:1", SIZE, 1, 2, 3))).build().writeTo(layout("base"));
        List<String> later = List.of(images.put("team/shop:2", SIZE, 1, 2, 5));
        images.image(later).deltaFrom(DeltaBase.of(layout("base"))).build().writeTo(layout("delta"));
        return images.image(later).build().writeTo(layout("full")).digest();
    }

    @Test
    void combineWhenTargetIsAPartsFileThrowsException() throws IOException {
        writePair();
        Path file = directory.resolve("full.tar.parts.json");

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ClusterImage.combine(List.of(layout("base")), layout("delta"), OciLayout.archive(file)))
                .withMessageStartingWith(file + " is the name of a parts file");
        assertThat(file).doesNotExist();
    }

    @Test
    void combineWhenThereIsNoBaseSaysSo() throws IOException {
        writePair();

        assertThatIOException()
                .isThrownBy(() -> ClusterImage.combine(List.of(), layout("delta"), layout("combined")))
                .withMessage("no base: there is no " + DeltaFixture.layer(SIZE, 2) + ", " + DeltaFixture.layer(SIZE, 1)
                        + ", which the delta leaves out; name the bases from which it was built");
    }

    @Test
    void mergeWhenAnImageIsADeltaThrowsException() throws IOException {
        writePair();
        ImageMerge merge = ClusterImage.merge(layout("base"), layout("delta"));
        String message = layout("delta") + " is a delta image, which cannot be merged; create the full image from"
                + " the delta and its base (ClusterImage.combine), and merge that";

        assertThatIOException().isThrownBy(merge::plan).withMessage(message);
        assertThatIOException()
                .isThrownBy(() -> merge.writeTo(layout("merged")))
                .withMessage(message);
        assertThat(directory.resolve("merged")).doesNotExist();
    }

    @Test
    void buildWhenBaseImageIsADeltaThrowsException() throws IOException {
        writePair();
        ClusterImageBuilder builder = ClusterImage.builder()
                .kubefile(Kubefile.parse("FROM acme/lower:1\nCMD [\"ls\"]\n"))
                .file("opt/a", "")
                .baseImage("acme/lower:1", layout("delta"));

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(builder::build)
                .withMessage(
                        "Kubefile:1:1: the base image 'acme/lower:1' is a delta image, which lacks layers of its"
                                + " container images; create the full image from the delta and its base (ClusterImage.combine), and build from that");
    }

    @Test
    void combineWhenDeltaIsDockerArchiveWritesTheSameFiles() throws IOException {
        DockerArchive base = DockerArchive.file(directory.resolve("base.tar"));
        DockerArchive delta = DockerArchive.file(directory.resolve("delta.tar"));
        images.image(List.of(images.put("team/shop:1", SIZE, 1, 2, 3))).build().writeTo(base);
        List<String> later = List.of(images.put("team/shop:2", SIZE, 1, 2, 5));
        images.image(later).deltaFrom(DeltaBase.of(base)).build().writeTo(delta);
        BuildResult full =
                images.image(later).compression(LayerCompression.NONE).build().writeTo(layout("full"));

        assertThat(ClusterImage.combine(List.of(base), delta, layout("combined")))
                .isEqualTo(full.digest());
    }

    @Test
    void combineWhenBaseIsRegistryDirectoryFindsItsBlobs() throws IOException {
        Digest full = writePair();
        images.image(List.of(images.put("team/shop:1", SIZE, 1, 2, 3)))
                .build()
                .saveRegistry(directory.resolve("saved"));

        RegistryDirectory saved = RegistryDirectory.of(directory.resolve("saved"));

        assertThat(ClusterImage.combine(List.of(saved), layout("delta"), layout("combined")))
                .isEqualTo(full);
    }

    private void combined(ClusterImageBuilder image) throws IOException {
        Digest full = image.build().writeTo(layout("full")).digest();
        BuildResult delta =
                image.deltaFrom(DeltaBase.of(layout("base"))).build().writeTo(layout("delta"));
        assertThat(RegistryVerifier.verify(layout("delta"), List.of(DeltaBase.of(layout("base"))))
                        .problems())
                .isEmpty();
        assertThat(ClusterImage.inspect(layout("delta")).delta()).isEqualTo(delta.delta());
        assertThat(ClusterImage.combine(List.of(layout("base")), layout("delta"), layout("combined")))
                .isEqualTo(full);
        OciLayoutVerifier.verify(directory.resolve("combined")).orThrow();
    }

    @Test
    void combineWhenRegistryOfTheContextHasLinksWritesTheSameBytes() throws IOException {
        images.image(List.of(images.put("team/shop:1", SIZE, 1, 2, 3))).build().writeTo(layout("base"));
        Path context = directory.resolve("context");
        images.image(List.of(images.put("team/shop:2", SIZE, 1, 2, 5)))
                .build()
                .saveRegistry(context.resolve("registry"));
        String hex = DeltaFixture.layer(SIZE, 2).hex();
        Path blob = context.resolve("registry/docker/registry/v2/blobs/sha256")
                .resolve(hex.substring(0, 2))
                .resolve(hex)
                .resolve("data");
        Files.createLink(context.resolve("scripts.tar"), blob);

        combined(images.image(List.of(DeltaFixture.HOST + "team/shop:2"))
                .context(context)
                .saveImages(false));

        // The blob has another name in the image, which would become a link to what is left out.
        assertThat(Files.size(blob)).isGreaterThan(SIZE);
        assertThat(ClusterImage.inspect(layout("delta")).problems()).isEmpty();
    }

    @Test
    void combineWhenBaseImageHasImagesDoesNotChangeItsLayers() throws IOException {
        images.image(List.of(images.put("team/db:1", SIZE, 1, 7)))
                .tag("acme/lower:1")
                .build()
                .writeTo(layout("lower"));
        images.image(List.of(images.put("team/shop:1", SIZE, 1, 2), DeltaFixture.HOST + "team/db:1"))
                .build()
                .writeTo(layout("base"));

        combined(images.image(List.of(images.put("team/shop:2", SIZE, 1, 2, 5)))
                .kubefile(Kubefile.parse("FROM acme/lower:1\nCOPY . .\n"))
                .baseImage("acme/lower:1", layout("lower")));

        // Layers 1 and 7 are in a layer of the base image.
        assertThat(ClusterImage.inspect(layout("delta")).delta().orElseThrow().sparedBlobs())
                .isEqualTo(1);
        assertThat(ClusterImage.inspect(layout("delta")).layers().get(0))
                .isEqualTo(ClusterImage.inspect(layout("lower")).layers().get(0));
    }

    @Test
    void combineWhenBaseIsMissingNamesItsBlobs() throws IOException {
        writePair();
        images.image(List.of(images.put("team/shop:1", SIZE, 2))).build().writeTo(layout("other"));

        assertThatIOException()
                .isThrownBy(() -> ClusterImage.combine(List.of(layout("other")), layout("delta"), layout("combined")))
                .withMessage("oci:" + directory.resolve("other") + ": there is no " + DeltaFixture.layer(SIZE, 1)
                        + ", which the delta leaves out; name the bases from which it was built");
        assertThat(directory.resolve("combined")).doesNotExist();
    }

    @Test
    void combineWhenImageIsNoDeltaIsRefused() throws IOException {
        writePair();

        assertThatIOException()
                .isThrownBy(() -> ClusterImage.combine(List.of(layout("base")), layout("full"), layout("combined")))
                .withMessage(directory.resolve("full") + " is no delta image, because it has no label"
                        + " io.sealos.delta.full; combine a delta image (deltaFrom)");
    }

    @Test
    void combineWhenBlobOfBaseIsDamagedNamesIt() throws IOException {
        writePair();
        images.image(List.of(images.put("team/shop:1", SIZE, 1, 2, 3)))
                .build()
                .saveRegistry(directory.resolve("saved"));
        String hex = DeltaFixture.layer(SIZE, 2).hex();
        Path blob = directory
                .resolve("saved/docker/registry/v2/blobs/sha256")
                .resolve(hex.substring(0, 2))
                .resolve(hex)
                .resolve("data");
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2]++;
        Files.write(blob, bytes);

        assertThatIOException()
                .isThrownBy(() -> ClusterImage.combine(
                        List.of(RegistryDirectory.of(directory.resolve("saved"))), layout("delta"), layout("combined")))
                .withMessage("the base has the blob sha256:" + hex + " with other bytes; read it again");
        assertThat(directory.resolve("combined")).doesNotExist();
    }
}
