package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sealos.images.ImageScanner;
import io.sealos.oci.internal.registry.TestImage;
import io.sealos.oci.internal.transport.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryVerifierTests {
    private static final String ROOT = "registry/docker/registry/v2/";

    private final TestImage image = new TestImage("amd64", "x", true);

    @TempDir
    Path folder;

    private Path context;
    private Path out;

    @BeforeEach
    void createContext() throws IOException {
        context = folder.resolve("context");
        out = folder.resolve("out");
        write("Kubefile", "FROM scratch\nCOPY . .\n");
        write("images/shim/list", "ghcr.io/acme/shop:1\n");
        write("manifests/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: shop
                spec:
                  containers:
                  - name: shop
                    image: ghcr.io/acme/shop@%s
                """.formatted(image.digest()));
    }

    @Test
    void verifyWhenEverythingIsThereFindsNothing() throws IOException {
        saveInto(context.resolve("registry"), image);
        build();

        RegistryReport report = RegistryVerifier.verify(OciLayout.directory(out));

        assertThat(report.problems()).isEmpty();
        assertThat(report.references()).hasSize(2);
        assertThat(report.orThrow()).hasToString("2 images asked for, 0 problems");
    }

    @Test
    void verifyWhenImagesAreMissingNamesAllOfThem() throws IOException {
        build();

        RegistryReport report = RegistryVerifier.verify(OciLayout.directory(out));

        assertThat(report.problems())
                .containsExactlyInAnyOrder(
                        "images/shim/list:1: ghcr.io/acme/shop:1 is not in registry/; save it, for it cannot be pulled"
                                + " on site",
                        "manifests/pod.yaml:8: ghcr.io/acme/shop@" + image.digest()
                                + " is not in registry/; save it, for it cannot be pulled on site");
        assertThatIOException()
                .isThrownBy(report::orThrow)
                .withMessage("the image is not sufficient for itself:\n" + String.join("\n", report.problems()));
    }

    @Test
    void verifyWhenBlobIsDamagedNamesItsFile() throws IOException {
        saveInto(context.resolve("registry"), image);
        String blob = ROOT + blob(image.layer());
        write(blob, "y".repeat(image.layer().length));
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .containsExactly(blob + " has the digest "
                        + Hashes.sha256("y".repeat(image.layer().length).getBytes(StandardCharsets.UTF_8))
                        + "; save the images anew");
    }

    @Test
    void verifyWhenNothingLinksToABlobCallsItAnOrphan() throws IOException {
        saveInto(context.resolve("registry"), image);
        String orphan = ROOT + blob("orphan".getBytes(StandardCharsets.UTF_8));
        write(orphan, "orphan");
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .containsExactly(orphan + " is an orphan: nothing links to it; save the images anew");
    }

    @Test
    void verifyWhenLinkOfALayerIsMissingSaysSo() throws IOException {
        saveInto(context.resolve("registry"), image);
        String digest = Hashes.sha256(image.layer()).hex();
        String link = ROOT + "repositories/acme/shop/_layers/sha256/" + digest + "/link";
        Files.delete(context.resolve(link));
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .contains(
                        link + " does not link to sha256:" + digest + ", which acme/shop needs; save the images anew");
    }

    @Test
    void verifyWhenImageIsForAnotherPlatformSaysSo() throws IOException {
        saveInto(context.resolve("registry"), image);
        ClusterImage.builder()
                .context(context)
                .tag("acme/cluster:1")
                .saveImages(false)
                .platform("linux/arm64")
                .build()
                .writeTo(DockerArchive.file(out));

        assertThat(RegistryVerifier.verify(DockerArchive.file(out)).problems())
                .contains("images/shim/list:1: ghcr.io/acme/shop:1 is in registry/ for linux/amd64 and not for"
                        + " linux/arm64; save it for that platform");
    }

    @Test
    void verifyWhenUpperLayerTakesAListAwayAsksForTheOthersOnly() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(folder.resolve("hand"));
        layout.index(layout.image(
                HandMadeLayout.tar("images/shim/kept.example", "images/shim/gone.example"),
                HandMadeLayout.tar("images/shim/.wh.gone.example", "../../etc/evil", "images/shim/../../../evil")));

        assertThat(RegistryVerifier.verify(
                                OciLayout.directory(layout.folder()),
                                ImageChoice.any(),
                                ImageScanner.builder().build())
                        .references())
                .extracting(Object::toString)
                .containsExactly("docker.io/images/shim/kept.example");
    }

    private void build() throws IOException {
        ClusterImage.builder()
                .context(context)
                .tag("acme/cluster:1")
                .saveImages(false)
                .build()
                .writeTo(OciLayout.directory(out));
    }

    private void saveInto(Path registry, TestImage saved) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.writeString(empty.resolve("Kubefile"), "FROM scratch\nCOPY Kubefile .\n");
        ClusterImage.builder()
                .context(empty)
                .contentStore(folder.resolve("store"))
                .image("ghcr.io/acme/shop:1", MadeImage.of(saved::writeLayout))
                .build()
                .saveRegistry(registry);
    }

    private static String blob(byte[] content) {
        String hex = Hashes.sha256(content).hex();
        return "blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data";
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.writeString(file, content);
    }
}
