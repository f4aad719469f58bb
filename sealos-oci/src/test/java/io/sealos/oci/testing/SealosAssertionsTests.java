package io.sealos.oci.testing;

import static io.sealos.oci.testing.SealosAssertions.assertThat;
import static io.sealos.oci.testing.SealosAssertions.assertThatLayout;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.InspectedImage;
import io.sealos.oci.OciLayout;
import io.sealos.oci.RegistryReport;
import io.sealos.oci.RegistryVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RegistryExtension.class)
class SealosAssertionsTests {
    private static final String IMAGE = "registry.example/shop:1.0";
    private static final String MANIFEST = "kind: Pod\nspec:\n  containers:\n    - image: " + IMAGE + "\n";

    @TempDir
    private Path directory;

    private Path context;

    @BeforeEach
    void writeContext() throws IOException {
        context = directory.resolve("context");
        Files.createDirectories(context.resolve("manifests"));
        Files.writeString(context.resolve("manifests/pod.yaml"), MANIFEST);
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch\nLABEL team=shop\nCOPY manifests manifests\nCOPY registry registry\nCMD [\"apply\"]\n");
    }

    @Test
    void assertThatWhenKubefileIsGivenLooksAtWhatItComesTo() throws IOException {
        Kubefile kubefile = Kubefile.parse(context.resolve("Kubefile"));

        assertThat(kubefile).needsNoContainer().runs("apply").copies("registry").hasLabel("team", "shop");
        fails(() -> assertThat(kubefile).runs("other"));
        fails(() -> assertThat(kubefile).copies("charts"));
        fails(() -> assertThat(kubefile).hasLabel("team", "other"));
        fails(() -> assertThat(kubefile).hasEnv("K", "v"));
        fails(() -> assertThat(Kubefile.parse("FROM scratch\nRUN make\n")).needsNoContainer());
    }

    @Test
    void assertThatWhenInventoryIsGivenComparesReferences() throws IOException {
        ImageInventory inventory = ImageScanner.builder()
                .build()
                .scanManifest("pod.yaml", new ByteArrayInputStream(MANIFEST.getBytes(StandardCharsets.UTF_8)));

        assertThat(inventory)
                .hasImages(IMAGE)
                .containsImages(IMAGE)
                .hasNoProblems()
                .isComplete();
        fails(() -> assertThat(inventory).hasImages());
        fails(() -> assertThat(inventory).containsImages("other"));
        fails(() -> assertThat(inventory).hasPossibleImage(IMAGE));
    }

    @Test
    void assertThatWhenPlanIsGivenLooksAtImagesFilesAndFindings() throws IOException {
        BuildPlan plan = request().build().plan();

        assertThat(plan)
                .hasImages(IMAGE)
                .containsImages(IMAGE)
                .isComplete()
                .hasFile("manifests/pod.yaml")
                .runs("apply")
                .hasFile("/manifests/pod.yaml")
                .hasNoFindings();
        fails(() -> assertThat(plan).hasImages());
        fails(() -> assertThat(plan).containsImages("other"));
        fails(() -> assertThat(plan).hasGap("manifests"));
        fails(() -> assertThat(plan).runs());
        fails(() -> assertThat(plan).hasFile("/charts"));
        fails(() -> assertThat(plan).hasFinding("registry-not-copied"));
    }

    @Test
    void assertThatWhenImageIsGivenLooksIntoIt(InProcessRegistry registry) throws IOException {
        Digest served = registry.putImage(IMAGE, "linux/amd64", "linux/arm64");
        OciLayout layout = OciLayout.directory(directory.resolve("out"));
        request().registryAccess(registry.access()).build().writeTo(layout);
        InspectedImage image = ClusterImage.inspect(layout);

        assertThatLayout(directory.resolve("out")).isValid().hasImageCount(1);
        assertThat(image)
                .hasType(ImageType.APPLICATION)
                .hasLabel("team", "shop")
                .runs("apply")
                .hasImages("other.example/shop:1.0")
                .containsImages(IMAGE)
                .containsImage(IMAGE, served);
        fails(() -> assertThat(image).hasImages(IMAGE, "other:1"));
        fails(() -> assertThat(image).hasType(ImageType.ROOTFS));
        fails(() -> assertThat(image).containsImages("registry.example/shop:2.0"));
        fails(() -> assertThat(image).containsImage(IMAGE, RegistryContent.digestOf(new byte[0])));
        fails(() -> assertThatLayout(directory.resolve("out")).hasImageCount(2));
    }

    @Test
    void assertThatWhenLockIsGivenComparesReferencesAndDigests(InProcessRegistry registry) throws IOException {
        Digest served = registry.putImage(IMAGE);
        ImageLock lock = request()
                .registryAccess(registry.access())
                .build()
                .writeTo(OciLayout.directory(directory.resolve("out")))
                .lock();

        assertThat(lock).hasImages(IMAGE).containsImage(IMAGE, served);
        fails(() -> assertThat(lock).hasImages(IMAGE, "other:1"));
        fails(() -> assertThat(lock).containsImage(IMAGE, RegistryContent.digestOf(new byte[0])));
        fails(() -> assertThat(lock).containsImage("other:1", served));
    }

    @Test
    void assertThatWhenDiffIsGivenComparesEachKindOfChange() {
        String digest = "@" + RegistryContent.digestOf(new byte[0]);
        ImageDiff diff = diff(
                List.of("nginx:1.24", "old", "kept:1", "moved:1"),
                List.of("nginx:1.25", "new", "kept:1", "moved:1" + digest));

        assertThat(diff)
                .adds("docker.io/library/new:latest")
                .removes("old")
                .retags("nginx:1.24", "nginx:1.25")
                .changes("moved:1" + digest);
        assertThat(diff(List.of("nginx"), List.of("nginx:latest")))
                .isEmpty()
                .adds()
                .removes()
                .changes();
        fails(() -> assertThat(diff).isEmpty());
        fails(() -> assertThat(diff).adds());
        fails(() -> assertThat(diff).adds("new", "nginx:1.25"));
        fails(() -> assertThat(diff).removes("new"));
        fails(() -> assertThat(diff).retags("nginx:1.25", "nginx:1.24"));
        fails(() -> assertThat(diff).retags("nginx:1.24", "other:1.25"));
        fails(() -> assertThat(diff).changes("kept:1"));
    }

    private static ImageDiff diff(List<String> before, List<String> after) {
        return ImageDiff.between(compared(before), compared(after));
    }

    private static List<ImageDiff.Image> compared(List<String> names) {
        return names.stream()
                .map(ImageReference::parse)
                .map(ImageDiff.Image::of)
                .toList();
    }

    @Test
    void assertThatWhenLockHasDefaultTagTakesNamesWithoutTag() {
        Digest digest = RegistryContent.digestOf(new byte[0]);
        ImageLock lock = ImageLock.builder()
                .add(ImageReference.parse("nginx"), digest, Platform.parse("linux/amd64"), List.of())
                .build();

        assertThat(lock).hasImages("nginx").containsImage("nginx", digest).hasImages("nginx:latest");
        fails(() -> assertThat(lock).hasImages("nginx:1"));
    }

    @Test
    void assertThatWhenReportIsGivenSaysWhatArrives(InProcessRegistry registry) throws IOException {
        registry.putImage(IMAGE);
        OciLayout whole = OciLayout.directory(directory.resolve("whole"));
        OciLayout without = OciLayout.directory(directory.resolve("without"));
        request().registryAccess(registry.access()).build().writeTo(whole);
        registry.putImage("registry.example/other:1");
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "registry.example/other:1\n");
        request()
                .registryAccess(registry.access())
                .scanner(
                        ImageScanner.builder().ignore("registry.example/shop:*").build())
                .build()
                .writeTo(without);

        RegistryReport missing = RegistryVerifier.verify(without);
        assertThat(RegistryVerifier.verify(whole)).arrives().requestsImages(IMAGE);
        assertThat(missing).hasProblem(IMAGE);
        fails(() -> assertThat(missing).arrives());
        fails(() -> assertThat(RegistryVerifier.verify(whole)).hasProblem(IMAGE));
        fails(() -> assertThat(RegistryVerifier.verify(whole)).requestsImages());
    }

    @Test
    void assertThatWhenTheScanHasGapsNamesThem() throws IOException {
        Files.createDirectories(context.resolve("charts/app/templates"));
        Files.writeString(context.resolve("charts/app/Chart.yaml"), "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        Files.writeString(context.resolve("charts/app/templates/a.yaml"), "{{ fail \"no\" }}");
        BuildPlan plan = request().build().plan();

        assertThat(plan).hasGap("charts/app");
        assertThat(plan.inventory()).hasGap("charts/app");
        fails(() -> assertThat(plan).isComplete());
        fails(() -> assertThat(plan.inventory()).isComplete());
        fails(() -> assertThat(plan).hasGap("charts/other"));
    }

    @Test
    void assertThatWhenLayoutReportIsGivenLooksAtRulesPlacesAndSeverities() throws IOException {
        Files.writeString(context.resolve("Kubefile"), """
                FROM scratch
                ENV APP_PASSWORD=x
                # sealos-ignore: registry-not-copied a test
                COPY manifests manifests
                CMD ["kubectl apply -f https://example.com/x.yaml"]
                """);
        LayoutReport report = LayoutValidator.standard().validate(context);

        assertThat(report)
                .hasNoFindings(Severity.ERROR)
                .hasFinding("env-secret")
                .hasFinding("env-secret", "Kubefile")
                .hasFinding("env-secret", "Kubefile:2")
                .hasAccepted("registry-not-copied")
                .hasGap("https://example.com/x.yaml");
        fails(() -> assertThat(report).hasNoFindings());
        fails(() -> assertThat(report).hasNoFindings(Severity.WARNING));
        fails(() -> assertThat(report).hasFinding("copy-source-missing"));
        fails(() -> assertThat(report).hasFinding("env-secret", "Kubefile:3"));
        fails(() -> assertThat(report).hasFinding("registry-not-copied", "Kubefile"));
        fails(() -> assertThat(report).hasAccepted("env-secret"));
        fails(() -> assertThat(report).hasGap("charts"));
    }

    @Test
    void assertThatWhenNamesHaveNoTagTakesThemForLatest() throws IOException {
        Files.writeString(
                context.resolve("manifests/pod.yaml"),
                "kind: Pod\nspec:\n  containers:\n    - image: nginx\n    - image: redis:latest\n");
        BuildPlan plan = request().build().plan();

        assertThat(plan).hasImages("nginx:latest", "redis").containsImages("docker.io/library/nginx");
        assertThat(plan.inventory()).hasImages("nginx", "redis:latest").containsImages("redis");
        fails(() -> assertThat(plan).hasImages("nginx:1", "redis"));
    }

    @Test
    void parameterWhenTestAsksForItIsAnEmptyRegistry(InProcessRegistry registry) {
        org.assertj.core.api.Assertions.assertThat(registry.requests()).isEmpty();
    }

    private ClusterImageBuilder request() {
        return ClusterImage.builder().context(context).contentStore(directory.resolve("store"));
    }

    private static void fails(ThrowingCallable assertion) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion);
    }
}
