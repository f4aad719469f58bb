package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.save.TestImage;
import io.sealos.oci.peers.HandMadeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryVerifierTests {
    private static final String ROOT = "registry/docker/registry/v2/";

    private static final ImageScanner SCANNER = ImageScanner.builder().build();

    private final TestImage image = new TestImage("amd64", "x", true);

    @TempDir
    Path directory;

    private Path context;
    private Path out;

    @BeforeEach
    void createContext() throws IOException {
        context = directory.resolve("context");
        out = directory.resolve("out");
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
                        "images/shim/list:1: ghcr.io/acme/shop:1 is not in registry/; save it, because it cannot be"
                                + " pulled at the site",
                        "manifests/pod.yaml:8: ghcr.io/acme/shop@" + image.digest()
                                + " is not in registry/; save it, because it cannot be pulled at the site");
        assertThatExceptionOfType(IncompleteRegistryException.class)
                .isThrownBy(report::orThrow)
                .withMessage("the image is not sufficient for itself:\n" + String.join("\n", report.problems()));
    }

    @Test
    void verifyWhenCommandsDecideWhatRunsAsksForTheseImages() throws IOException {
        Files.delete(context.resolve("manifests/pod.yaml"));
        Files.delete(context.resolve("images/shim/list"));
        write("Kubefile", "FROM scratch\nCOPY . .\nENV TAG=2\nCMD [\"bash scripts/install.sh $(TAG)\"]\n");
        write("scripts/install.sh", """
                helm upgrade -i web charts/web -f site.yaml --set image=ghcr.io/acme/web:1
                kubectl apply -k overlay
                """);
        write("site.yaml", "sidecar: ghcr.io/acme/sidecar:1\n");
        write("overlay/kustomization.yaml", "resources: [pod.yaml]\n");
        write("overlay/pod.yaml", """
                kind: Pod
                spec: {containers: [{image: 'ghcr.io/acme/base:1'}]}
                metadata: {name: base}
                apiVersion: v1
                """);
        writeChart();
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .extracting(problem -> problem.replaceAll(" is not in registry/.*", ""))
                .containsExactlyInAnyOrder(
                        "charts/web/templates/pod.yaml:4: ghcr.io/acme/web:1",
                        "charts/web/templates/pod.yaml:5: ghcr.io/acme/sidecar:1",
                        "overlay/pod.yaml:2: ghcr.io/acme/base:1");
    }

    @Test
    void verifyWhenTheGuardOfADeltaRunsFirstAsksForWhatTheCommandsAfterItRun() throws IOException {
        Files.delete(context.resolve("manifests/pod.yaml"));
        Files.delete(context.resolve("images/shim/list"));
        write("Kubefile", """
                FROM scratch
                COPY . .
                ENTRYPOINT ["bash sealos-delta/guard.sh || exit 1"]
                CMD ["helm upgrade -i web charts/web --set image=a/web:1,sidecar=a/sidecar:1"]
                """);
        write(DeltaFiles.GUARD, new String(DeltaFiles.guard(), StandardCharsets.UTF_8));
        writeChart();
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/sidecar:1", "a/web:1");
    }

    @Test
    void verifyWhenFilesAreLargeReadsThoseThatAScanReads() throws IOException {
        writeCommand("opt/tool && kubectl apply -f opt/large.yaml -f opt/larger.yaml");
        write("opt/large.yaml", "# comment\n".repeat(500_000) + pod("a/large:1"));
        write("opt/larger.yaml", pod("a/larger:1") + "# comment\n".repeat(7_000_000));
        write("opt/tool", "\0".repeat(100_000));
        build();

        RegistryReport report = RegistryVerifier.verify(OciLayout.directory(out));

        assertThat(report.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/large:1");
        assertThat(report.problems())
                .anyMatch(problem -> problem.startsWith("opt/larger.yaml: is larger than 67108864 bytes"));
    }

    @Test
    void verifyWhenANameIsNotThatOfAFileEverywhereLeavesTheFileOutUnlessItMayNameImages() throws IOException {
        writeCommand("kubectl apply -f opt/pod.yaml");
        write("opt/pod.yaml", pod("a/app:1"));
        write("opt/a\\b.yaml", pod("a/other:1"));
        build();
        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/app:1");

        write("manifests/a\\b.yaml", pod("a/other:1"));
        build();
        assertThatIOException()
                .isThrownBy(() -> RegistryVerifier.verify(OciLayout.directory(out)))
                .withMessage(
                        "'manifests/a\\b.yaml' cannot be scanned: no file of this machine can have this name; give it"
                                + " another name, or start the process with LC_ALL=C.UTF-8");
    }

    private void writeCommand(String command) throws IOException {
        Files.delete(context.resolve("manifests/pod.yaml"));
        Files.delete(context.resolve("images/shim/list"));
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"" + command + "\"]\n");
    }

    private static String pod(String image) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: '" + image + "'}]}\n";
    }

    private void writeChart() throws IOException {
        write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("charts/web/templates/pod.yaml", """
                kind: Pod
                spec:
                  containers:
                  - image: {{ required "an image is needed" .Values.image }}
                  {{- if .Values.sidecar }}
                  - image: {{ .Values.sidecar }}
                  {{- end }}
                """);
    }

    @Test
    void verifyWhenBlobIsDamagedNamesItsFile() throws IOException {
        saveInto(context.resolve("registry"), image);
        String blob = ROOT + blob(image.layer());
        write(blob, "y".repeat(image.layer().length));
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .containsExactly(blob + ": has the digest "
                        + Digests.sha256("y".repeat(image.layer().length).getBytes(StandardCharsets.UTF_8))
                        + "; save the images again");
    }

    @Test
    void verifyWhenNothingLinksToABlobCallsItAnOrphan() throws IOException {
        saveInto(context.resolve("registry"), image);
        String orphan = ROOT + blob("orphan".getBytes(StandardCharsets.UTF_8));
        write(orphan, "orphan");
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .containsExactly(orphan + ": is an orphan: nothing links to it; save the images again");
    }

    @Test
    void verifyWhenLinkOfALayerIsMissingSaysSo() throws IOException {
        saveInto(context.resolve("registry"), image);
        String digest = Digests.sha256(image.layer()).hex();
        String link = ROOT + "repositories/acme/shop/_layers/sha256/" + digest + "/link";
        Files.delete(context.resolve(link));
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .contains(link + ": does not link to sha256:" + digest
                        + ", which acme/shop needs; save the images again");
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
    void verifyWhenRegistryLiesElsewhereInTheImageSaysWhereSealosLooks() throws IOException {
        saveInto(context.resolve("registry"), image);
        write("Kubefile", "FROM scratch\nCOPY . app\n");
        build();
        String problem =
                "/app/registry: has images, but sealos copies those in /registry only; write COPY registry registry";

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems()).containsExactly(problem);

        write("Kubefile", "FROM scratch\nCOPY registry .\n");
        build();
        assertThat(RegistryVerifier.verify(
                                OciLayout.directory(out), ImageChoice.any().tag("acme/cluster:1"), SCANNER)
                        .problems())
                .containsExactly(problem.replace("/app/registry", "/"));

        write("Kubefile", "FROM scratch\nCOPY . app\nCOPY . .\n");
        build();
        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems()).isEmpty();
    }

    @Test
    void verifyWhenARepositoryHasNoTagSaysThatNothingArrives() throws IOException {
        saveInto(context.resolve("registry"), image);
        new HandMadeRegistry(context.resolve("registry"), "team/untagged").image("amd64");
        build();

        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems())
                .containsExactly(
                        "the repository team/untagged has no tag: there sealos ends its sync, and copies nothing"
                                + " at all; save the images again");

        new HandMadeRegistry(context.resolve("registry"), "team/untagged").emptyTags();
        build();
        assertThat(RegistryVerifier.verify(OciLayout.directory(out)).problems()).isEmpty();
    }

    @Test
    void verifyWhenImageDoesNotReachTheNodesSaysFromWhichHostsAndWhy() throws IOException {
        HandMadeRegistry registry = new HandMadeRegistry(context.resolve("registry"), "acme/shop");
        String plain = registry.plainImage("amd64");
        String index = registry.index(
                registry.entry(registry.image("amd64"), "linux/amd64"),
                registry.entry("sha256:" + "0".repeat(64), "linux/s390x"));
        registry.tag("1", index).tag("2", plain);
        write("images/shim/list", "ghcr.io/acme/shop:1\nghcr.io/acme/shop@" + plain + "\n");
        write("manifests/pod.yaml", "");
        build();

        RegistryReport report = RegistryVerifier.verify(OciLayout.directory(out));

        String from = " does not reach nodes for linux/amd64 from a control host for ";
        assertThat(report.problems())
                .containsExactly(
                        "images/shim/list:1: ghcr.io/acme/shop:1" + from + "linux/arm64: sealos copies neither all that"
                                + " its tag leads to, because something is missing, nor an image for its own host; save"
                                + " the images again",
                        "images/shim/list:2: ghcr.io/acme/shop@" + plain + from + "linux/amd64 or linux/arm64: sealos"
                                + " compresses layers, by which it gets another digest; name its tag as well");
        assertThat(RegistryVerifier.verify(
                                OciLayout.directory(out), ImageChoice.any(), SCANNER, Site.ofHost("linux/amd64"))
                        .problems())
                .hasSize(1);
    }

    @Test
    void verifyWhenImageIsFoundByItsTagOnlyNotesIt() throws IOException {
        HandMadeRegistry registry = new HandMadeRegistry(context.resolve("registry"), "acme/shop");
        String one = registry.image("amd64");
        String index = registry.index(
                registry.entry(one, "linux/amd64"), registry.entry("sha256:" + "0".repeat(64), "linux/s390x"));
        registry.tag("1", one);
        write("images/shim/list", "ghcr.io/acme/shop:1@" + index + "\n");
        write("manifests/pod.yaml", "");
        build();

        RegistryReport report = RegistryVerifier.verify(OciLayout.directory(out));

        assertThat(report.problems()).isEmpty();
        assertThat(report.notices())
                .containsExactly("images/shim/list:1: ghcr.io/acme/shop:1@" + index
                        + " is found at the site by its tag 1, with another digest");
    }

    @Test
    void verifyWhenDirectoryIsGivenJudgesEveryImageInIt() throws IOException {
        HandMadeRegistry registry = new HandMadeRegistry(directory.resolve("own"), "acme/shop");
        registry.tag("1", registry.image("arm64"));
        RegistryDirectory own = RegistryDirectory.of(directory.resolve("own"));

        assertThat(RegistryVerifier.verify(own).problems())
                .containsExactly(
                        "any.host/acme/shop:1: is in registry/ for linux/arm64 and not for linux/amd64; save it"
                                + " for that platform");
        assertThat(RegistryVerifier.verify(own, List.of(), Site.ofAnyHost().withNodes("linux/arm64"))
                        .problems())
                .isEmpty();
    }

    @Test
    void verifyWhenUpperLayerTakesAListAwayAsksForTheOthersOnly() throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("hand"));
        layout.index(layout.image(
                HandMadeLayout.tar("images/shim/kept.example", "images/shim/gone.example"),
                HandMadeLayout.tar("images/shim/.wh.gone.example", "../../etc/evil", "images/shim/../../../evil")));

        assertThat(RegistryVerifier.verify(
                                OciLayout.directory(layout.directory()),
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
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Files.writeString(empty.resolve("Kubefile"), "FROM scratch\nCOPY Kubefile .\n");
        ClusterImage.builder()
                .context(empty)
                .contentStore(directory.resolve("store"))
                .image("ghcr.io/acme/shop:1", MadeImage.of(saved::writeLayout))
                .build()
                .saveRegistry(registry);
    }

    private static String blob(byte[] content) {
        String hex = Digests.sha256(content).hex();
        return "blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data";
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.writeString(file, content);
    }
}
