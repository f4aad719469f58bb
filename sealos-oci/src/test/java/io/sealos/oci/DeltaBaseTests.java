package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealos.images.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaBaseTests {
    private static final int SIZE = 3_000;
    private static final String FIX = "; write the inventory again with its command (DeltaBase.inventory)";

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

    private OciLayout base(String name, String... references) throws IOException {
        OciLayout layout = OciLayout.directory(directory.resolve(name));
        images.image(List.of(references)).build().writeTo(layout);
        return layout;
    }

    private Path text(String text) throws IOException {
        return Files.writeString(directory.resolve("site.txt"), text);
    }

    /** {@return what the command that the Javadoc shows prints for a directory} */
    private static String find(Path registry) throws IOException {
        try (Stream<Path> files = Files.walk(registry.resolve("docker/registry/v2"))) {
            return files.map(file -> registry.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> path.endsWith("/link") || path.endsWith("/data"))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    @Test
    void inventoryWhenCommandListsRegistryHasItsBlobs() throws IOException {
        OciLayout layout = base("base", images.put("team/shop:1", SIZE, 1, 2), images.put("team/db:1", SIZE, 1));
        images.image(List.of(DeltaFixture.HOST + "team/shop:1", DeltaFixture.HOST + "team/db:1"))
                .build()
                .saveRegistry(directory.resolve("saved"));

        DeltaBase site = DeltaBase.inventory(text(find(directory.resolve("saved"))));
        DeltaBase.of(layout).writeTo(directory.resolve("written.txt"));
        DeltaBase written = DeltaBase.inventory(directory.resolve("written.txt"));

        assertThat(written).isEqualTo(site).hasSameHashCodeAs(site);
        assertThat(site).hasToString("inventory " + site.digests().get(0));
        assertThat(DeltaBase.of(RegistryDirectory.of(directory.resolve("saved")))
                        .digests())
                .isEqualTo(site.digests());
        String text = Files.readString(directory.resolve("written.txt"));
        assertThat(text.lines()).hasSize(9);
        assertThat(text)
                .contains("docker/registry/v2/repositories/team/db/_layers/sha256/"
                        + DeltaFixture.layer(SIZE, 1).hex() + "/link\n");
    }

    @Test
    void inventoryWhenBlobWasDeletedDoesNotHaveIt() throws IOException {
        Digest kept = DeltaFixture.layer(SIZE, 1);
        Digest deleted = DeltaFixture.layer(SIZE, 2);
        DeltaBase site = DeltaBase.inventory(
                text("""
                /var/lib/registry/docker/registry/v2/repositories/team/shop/_layers/sha256/%s/link
                /var/lib/registry/docker/registry/v2/repositories/team/shop/_layers/sha256/%s/link

                /var/lib/registry/docker/registry/v2/blobs/sha256/%s/%s/data
                /var/lib/registry/docker/registry/v2/repositories/team/shop/_uploads/x/data
                """.formatted(kept.hex(), deleted.hex(), kept.hex().substring(0, 2), kept.hex())));

        BuildResult delta = images.image(List.of(images.put("team/shop:2", SIZE, 1, 2)))
                .deltaFrom(site)
                .build()
                .writeTo(OciLayout.directory(directory.resolve("delta")));

        assertThat(delta.delta().orElseThrow().sparedBlobs()).isEqualTo(1);
        assertThat(RegistryVerifier.verify(OciLayout.directory(directory.resolve("delta")), List.of(site))
                        .problems())
                .isEmpty();
    }

    @Test
    void inventoryWhenFileIsAnotherTextIsRefused() throws IOException {
        Path file = text("docker/registry/v2/blobs/sha256/ab/cd/data\nfind: permission denied\n");

        assertThatIOException()
                .isThrownBy(() -> DeltaBase.inventory(file))
                .withMessage(file + " has no path of a registry in line 2: find: permission denied" + FIX);
    }

    @Test
    void inventoryWhenFileHasNoBlobIsRefused() throws IOException {
        Path file = text("");

        assertThatIOException()
                .isThrownBy(() -> DeltaBase.inventory(file))
                .withMessage(file + " has no blob of a registry" + FIX);
    }

    @Test
    void inventoryWhenFileIsNoTextIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("site.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatIOException()
                .isThrownBy(() -> DeltaBase.inventory(file))
                .withMessage(file + " is not a text in UTF-8" + FIX);
    }

    @Test
    void ofWhenImageHasSeveralPlatformsHasADigestForEach() throws IOException {
        images.registry().putImage(DeltaFixture.HOST + "team/multi:1", "linux/amd64", "linux/arm64");
        OciLayout layout = OciLayout.directory(directory.resolve("multi"));
        images.image(List.of(DeltaFixture.HOST + "team/multi:1"))
                .platform("linux/amd64")
                .platform("linux/arm64")
                .build()
                .writeTo(layout);

        DeltaBase base = DeltaBase.of(layout);

        assertThat(base.digests()).hasSize(2).doesNotHaveDuplicates();
        assertThatIllegalStateException()
                .isThrownBy(() -> base.writeTo(directory.resolve("site.txt")))
                .withMessage("the base " + base + " has several platforms; choose one of them (ImageChoice.platform)");
        assertThat(DeltaBase.of(layout, ImageChoice.any().platform("linux/arm64"))
                        .digests())
                .containsExactly(base.digests().get(1));
    }

    @Test
    void ofWhenLayoutHasSeveralImagesAsksForAChoice() throws IOException {
        OciLayout layout = OciLayout.directory(directory.resolve("base"));
        images.image(List.of(images.put("team/shop:2", SIZE, 2)))
                .tag("acme/other:1")
                .build()
                .writeTo(layout);
        base("base", images.put("team/shop:1", SIZE, 1));

        assertThat(DeltaBase.of(layout, ImageChoice.any().tag("acme/other:1")).digests())
                .hasSize(1);
        assertThatExceptionOfType(ImageChoiceException.class)
                .isThrownBy(() -> DeltaBase.of(layout))
                .withMessageContaining("2 images");
    }
}
