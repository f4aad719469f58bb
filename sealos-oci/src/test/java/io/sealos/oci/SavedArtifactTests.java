package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.ScanProblem;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.peers.TestArtifact;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedArtifactTests {
    private static final String CHART_TYPE = "application/vnd.cncf.helm.config.v1+json";
    private static final String REPOSITORY = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: %s}
            spec: {url: "oci://registry.example/%s", ref: {%s}}
            """;

    @TempDir
    Path directory;

    private Path context;
    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        registry = InProcessRegistry.start();
        registry.serve("registry.example");
        write("Kubefile", "FROM scratch\nCOPY manifests manifests\nCOPY registry registry\n");
        write("images/shim/list", "registry.example/app:1\n");
        registry.putImage("registry.example/app:1");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void writeToWhenAskedSavesArtifactsOfAnyTypeBesideTheImages() throws IOException {
        List<byte[]> manifests = putArtifacts();
        ClusterImage image = builder()
                .acceptGaps(ScanProblem.Kind.REMOTE, "manifests/web.yaml")
                .build();

        BuildResult done = image.writeTo(OciLayout.directory(directory.resolve("out")));

        assertThat(done.images()).hasSize(1);
        assertThat(done.artifacts()).hasSize(3);
        assertThat(done).asString().endsWith("with 1 image and 3 artifacts");
        OciLayoutVerifier.verify(directory.resolve("out")).orThrow();
        assertThat(ClusterImage.inspect(OciLayout.directory(directory.resolve("out")))
                        .images())
                .map(it -> it.name() + " " + it.artifactType().orElse("image") + " " + it.platforms())
                .containsExactly(
                        "app:1 image [linux/amd64]",
                        "charts/web:1.0.0_2 " + CHART_TYPE + " []",
                        "manifests/old:1 image []",
                        "policies/all:stable application/vnd.example.policy []");
        image.saveRegistry(directory.resolve("registry"));
        for (byte[] manifest : manifests) {
            assertThat(savedBlob(manifest)).hasBinaryContent(manifest);
        }
    }

    @Test
    void planWhenAskedShowsTheArtifacts() throws IOException {
        putArtifacts();

        BuildPlan plan = builder().build().plan();

        assertThat(plan.images()).hasToString("[registry.example/app:1]");
        assertThat(plan.artifacts())
                .extracting(ImageReference::toString)
                .containsExactly(
                        "registry.example/charts/web:1.0.0_2",
                        "registry.example/manifests/old:1",
                        "registry.example/policies/all:stable");
        assertThat(plan.askedAt(plan.artifacts().get(0))).containsExactly("manifests/web.yaml:6");
        assertThat(plan.toText()).contains("""

                Artifacts that controllers fetch:
                  registry.example/charts/web:1.0.0_2
                    manifests/web.yaml:6
                """);
    }

    /** Puts three artifacts and the objects that need them, and returns their manifests. */
    private List<byte[]> putArtifacts() throws IOException {
        byte[] chart = chart("charts/web", "1.0.0_2");
        byte[] odd = new TestArtifact(registry)
                .config("application/vnd.oci.empty.v1+json", "{}")
                .layer("application/x-unknown", "anything")
                .field("\"artifactType\":\"application/vnd.example.policy\",  \"unknown\": [1, 2]")
                .put("policies/all", "stable");
        byte[] old = new TestArtifact(registry)
                .config(MediaTypes.OCI_CONFIG, "{\"architecture\":\"\",\"os\":\"\"}")
                .layer(MediaTypes.OCI_LAYER_GZIP, "not really compressed")
                .put("manifests/old", "1");
        write("manifests/web.yaml", helmRelease("1.0.0+2"));
        write("manifests/policy.yaml", REPOSITORY.formatted("policy", "policies/all", "tag: stable"));
        write("manifests/old.yaml", REPOSITORY.formatted("old", "manifests/old", "tag: '1'"));
        return List.of(chart, odd, old);
    }

    @Test
    void buildWhenNotAskedSavesNoArtifact() throws IOException {
        chart("charts/web", "1.0.0");
        write("manifests/policy.yaml", REPOSITORY.formatted("policy", "charts/web", "tag: 1.0.0"));

        ClusterImage image = builder().saveArtifacts(false).build();
        image.writeTo(OciLayout.directory(directory.resolve("out")));

        assertThat(image.plan().artifacts()).isEmpty();
        assertThat(image.plan().inventory().artifacts()).hasToString("[registry.example/charts/web:1.0.0]");
        assertThat(registry.requests()).noneMatch(it -> it.contains("charts/web"));
        RegistryReport report = RegistryVerifier.verify(OciLayout.directory(directory.resolve("out")));
        assertThat(report.artifacts()).isEmpty();
        assertThat(report.problems()).isEmpty();
        assertThat(report.notices())
                .containsExactly("manifests/policy.yaml:1: registry.example/charts/web:1.0.0 is fetched by a controller"
                        + " and is not in registry/; save artifacts, too (saveArtifacts), or provide it at the site");
    }

    @Test
    void writeToWhenTheImagesOfASavedChartAreNotKnownIsRefused() throws IOException {
        chart("charts/web", "1.0.0");
        write("manifests/web.yaml", helmRelease("1.0.0"));
        ClusterImage image = builder().build();

        assertThatExceptionOfType(ImageGapsException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .satisfies(e -> assertThat(e.gaps())
                        .singleElement()
                        .hasToString("manifests/web.yaml:6: HelmRelease web installs the chart web 1.0.0 from"
                                + " oci://registry.example/charts/web, which is saved, so its images are not known"));
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void planWhenAVersionIsARangeHasAGap() throws IOException {
        write("manifests/policy.yaml", REPOSITORY.formatted("policy", "policies/all", "semver: '>=1.0 <2'"));

        ClusterImage image = builder().build();

        assertThat(image.plan().artifacts()).isEmpty();
        assertThat(image.plan().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(ScanProblem.Kind.NOT_SAVABLE);
            assertThat(gap)
                    .hasToString("manifests/policy.yaml:1: OCIRepository policy fetches"
                            + " oci://registry.example/policies/all, which cannot be saved: '>=1.0 <2' is a range of"
                            + " versions");
            assertThat(gap.fix())
                    .isEqualTo("name one version, by its tag or digest; or provide the artifact at the site, and accept"
                            + " this gap");
        });
        assertThat(builder().saveArtifacts(false).build().plan().gaps()).isEmpty();
        assertThat(builder()
                        .acceptGaps(ScanProblem.Kind.NOT_SAVABLE, "manifests/**")
                        .build()
                        .plan()
                        .gaps())
                .isEmpty();
    }

    @Test
    void writeToWhenOfflineWithALockNeedsNoRegistry() throws IOException {
        chart("charts/web", "1.0.0");
        write("manifests/policy.yaml", REPOSITORY.formatted("policy", "charts/web", "tag: 1.0.0"));
        List<BuildEvent> events = new ArrayList<>();
        BuildResult first =
                builder().listener(events::add).build().writeTo(OciLayout.directory(directory.resolve("a")));
        ImageLock lock = ImageLock.parse(first.lock().toJson());
        chart("charts/web", "1.0.0", "another");
        int requests = registry.requests().size();

        BuildResult second =
                builder().lock(lock).offline(true).build().writeTo(OciLayout.directory(directory.resolve("b")));

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(registry.requests()).hasSize(requests);
        assertThat(lock.entries()).anySatisfy(entry -> {
            assertThat(entry.reference()).hasToString("registry.example/charts/web:1.0.0");
            assertThat(entry.askedAt()).containsExactly("manifests/policy.yaml:1");
        });
        assertThat(events)
                .filteredOn(it -> it instanceof BuildEvent.ImageSaved)
                .map(Object::toString)
                .anyMatch(it -> it.startsWith("saved registry.example/charts/web:1.0.0 sha256:"));
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder().saveArtifacts(false).lock(lock).build())
                .withMessageContaining("registry.example/charts/web:1.0.0 is gone");
    }

    @Test
    void verifyWhenArtifactsAreSavedCountsThem() throws IOException {
        chart("charts/web", "1.0.0");
        String digest = Digests.sha256(chart("charts/pinned", "any")).toString();
        write("manifests/tagged.yaml", REPOSITORY.formatted("tagged", "charts/web", "tag: 1.0.0"));
        write("manifests/pinned.yaml", REPOSITORY.formatted("pinned", "charts/pinned", "digest: '" + digest + "'"));
        builder().build().writeTo(OciLayout.archive(directory.resolve("out.tar")));

        RegistryReport report = RegistryVerifier.verify(OciLayout.archive(directory.resolve("out.tar")));

        assertThat(report.artifacts())
                .hasToString("[registry.example/charts/pinned@" + digest + ", registry.example/charts/web:1.0.0]");
        assertThat(report.problems()).isEmpty();
        assertThat(report.notices()).isEmpty();
        assertThat(report).hasToString("0 images asked for, 2 artifacts, 0 problems");
    }

    @Test
    void writeToWhenAnArtifactIsAnIndexWithoutPlatformsSavesAllOfIt() throws IOException {
        byte[] one = chart("charts/both", "one");
        byte[] two = chart("charts/both", "two");
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + TestArtifact.descriptor(MediaTypes.OCI_MANIFEST, one) + ","
                + TestArtifact.descriptor(MediaTypes.OCI_MANIFEST, two) + "]}";
        registry.putManifest("charts/both", "1", MediaTypes.OCI_INDEX, index.getBytes(StandardCharsets.UTF_8));
        write("manifests/both.yaml", REPOSITORY.formatted("both", "charts/both", "tag: '1'"));

        BuildResult done = builder().build().writeTo(OciLayout.directory(directory.resolve("out")));

        assertThat(done.notices())
                .singleElement()
                .hasToString("manifests/both.yaml:1: warning: registry.example/charts/both:1 is an index without"
                        + " platforms, which is saved completely; at the site, its tag points to its first manifest;"
                        + " name its digest, " + done.artifacts().get(0).digest());
        assertThat(ClusterImage.inspect(OciLayout.directory(directory.resolve("out")))
                        .images())
                .map(ContainedImage::name)
                .containsExactly("app:1", "charts/both:1");
    }

    private Path savedBlob(byte[] content) {
        String hex = Digests.sha256(content).hex();
        return directory.resolve(
                "registry/docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(context)
                .saveArtifacts(true)
                .scanner(ImageScanner.builder().build())
                .contentStore(directory.resolve("store"))
                .registryAccess(registry.access());
    }

    private byte[] chart(String repository, String tag) {
        return chart(repository, tag, tag);
    }

    private byte[] chart(String repository, String tag, String content) {
        return new TestArtifact(registry)
                .config(CHART_TYPE, "{\"name\":\"web\",\"version\":\"" + tag + "\"}")
                .layer("application/vnd.cncf.helm.chart.content.v1.tar+gzip", content)
                .put(repository, tag);
    }

    private static String helmRelease(String version) {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: HelmRepository
                metadata: {name: charts}
                spec: {type: oci, url: oci://registry.example/charts}
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: web}
                spec:
                  chart: {spec: {chart: web, version: "%s", sourceRef: {kind: HelmRepository, name: charts}}}
                """.formatted(version);
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
