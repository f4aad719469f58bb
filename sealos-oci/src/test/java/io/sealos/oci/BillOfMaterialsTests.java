package io.sealos.oci;

import static io.sealos.oci.BillFixture.component;
import static io.sealos.oci.BillFixture.dependencies;
import static io.sealos.oci.BillFixture.stream;
import static io.sealos.oci.BillFixture.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.trust.BillComponent;
import io.sealos.oci.trust.BillOfMaterials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTests {
    @TempDir
    Path directory;

    private InProcessRegistry registry;
    private BillFixture fixture;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        fixture = new BillFixture(Files.createDirectory(directory.resolve("context")), registry);
        fixture.putImages();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ClusterImageBuilder builder() {
        return fixture.builder(directory.resolve("store"));
    }

    private BuildResult build(ClusterImageBuilder builder) throws IOException {
        return builder.build().writeTo(OciLayout.archive(directory.resolve("shop.tar")));
    }

    private JsonNode bill(ClusterImageBuilder builder) throws IOException {
        return valid(build(builder).billOfMaterials().orElseThrow());
    }

    @Test
    void writeToWhenAskedDescribesTheClusterImage() throws Exception {
        BuildResult done = build(builder());

        JsonNode bill = valid(done.billOfMaterials().orElseThrow());
        JsonNode image = bill.path("metadata").path("component");
        assertThat(image.path("name").asText()).isEqualTo("docker.io/labring/shop");
        assertThat(image.path("version").asText()).isEqualTo("v1");
        assertThat(image.path("hashes").path(0).path("content").asText())
                .isEqualTo(done.digest().hex());
        PackageURL url = new PackageURL(image.path("purl").asText());
        assertThat(url.getVersion()).isEqualTo(done.digest().toString());
        assertThat(url.getQualifiers())
                .isEqualTo(Map.of("arch", "amd64", "repository_url", "docker.io/labring/shop", "tag", "v1"));
        assertThat(bill.path("metadata").path("timestamp").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(done.billOfMaterials().orElseThrow().subject().orElseThrow().digests())
                .containsExactly(done.digest());
    }

    @Test
    void writeToWhenAskedListsImagesWithTheirLicensesAndTheLinesThatRequestThem() throws Exception {
        JsonNode bill = bill(builder());

        JsonNode nginx = component(bill, "image:library/nginx@");
        assertThat(nginx.path("name").asText()).isEqualTo("docker.io/library/nginx");
        assertThat(nginx.path("supplier").path("name").asText()).isEqualTo("NGINX Docker Maintainers");
        assertThat(nginx.path("licenses").toString())
                .isEqualTo("[{\"expression\":\"BSD-2-Clause OR MIT\",\"acknowledgement\":\"declared\"}]");
        assertThat(nginx.path("externalReferences").toString())
                .isEqualTo("[{\"type\":\"vcs\",\"url\":\"https://github.com/nginx/docker-nginx\"}]");
        assertThat(nginx.path("evidence").toString())
                .isEqualTo("{\"occurrences\":[{\"location\":\"manifests/app.yaml\",\"line\":7,\"additionalContext\":"
                        + "\"spec.containers[0].image, found by pod-spec\"}]}");
        assertThat(component(bill, "image:tools/shell@").path("licenses").toString())
                .isEqualTo("[{\"license\":{\"name\":\"Our own license\",\"acknowledgement\":\"declared\"}}]");
        assertThat(stream(component(bill, "image:team/web@").path("evidence").path("occurrences"))
                        .map(it -> it.path("location").asText() + ":" + it.path("line")))
                .containsExactly("charts/web/templates/pod.yaml:7", "charts/web/values.yaml:1");
    }

    @Test
    void writeToWhenAskedSaysWhatDependsOnWhat() throws Exception {
        JsonNode bill = bill(builder());

        assertThat(dependencies(bill, "cluster-image:"))
                .containsExactly(
                        "chart:charts/web@1.2.3+a",
                        "file:Kubefile",
                        "file:images/shim/list",
                        "file:manifests/app.yaml",
                        "file:opt/install.sh");
        assertThat(dependencies(bill, "chart:charts/web@"))
                .containsExactly(
                        "chart:charts/web/charts/db@0.1.0",
                        "file:charts/web/Chart.yaml",
                        "file:charts/web/templates/pod.yaml",
                        "file:charts/web/values.yaml",
                        "image:team/web");
        assertThat(dependencies(bill, "chart:charts/web/charts/db@"))
                .containsExactly(
                        "file:charts/web/charts/db/Chart.yaml",
                        "file:charts/web/charts/db/templates/pod.yaml",
                        "image:db");
        assertThat(dependencies(bill, "file:manifests/app.yaml")).containsExactly("image:library/nginx");
        assertThat(dependencies(bill, "file:images/shim/list")).containsExactly("image:tools/shell");
    }

    @Test
    void writeToWhenAskedListsEveryFileWithItsDigest() throws Exception {
        JsonNode bill = bill(builder());

        Map<String, String> listed = new TreeMap<>();
        stream(bill.path("components"))
                .filter(it -> it.path("type").asText().equals("file"))
                .forEach(it -> listed.put(
                        it.path("name").asText(),
                        it.path("hashes").path(0).path("content").asText()));
        Map<String, String> expected = new TreeMap<>();
        try (var files = Files.walk(fixture.context)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                expected.put(
                        fixture.context.relativize(file).toString().replace('\\', '/'),
                        Digests.sha256(Files.readAllBytes(file)).hex());
            }
        }
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void writeToWhenBuiltAgainGivesTheSameBill() throws Exception {
        BillOfMaterials first = build(builder()).billOfMaterials().orElseThrow();
        assertThat(build(builder()).billOfMaterials()).contains(first);
        fixture.write("opt/install.sh", "echo changed\n");
        assertThat(build(builder()).billOfMaterials().orElseThrow().toJson()).isNotEqualTo(first.toJson());
        assertThat(builder()
                        .billOfMaterials(false)
                        .build()
                        .writeTo(OciLayout.archive(directory.resolve("b.tar")))
                        .billOfMaterials())
                .isEmpty();
    }

    @Test
    void writeToWhenFileIsCopiedElsewhereListsItsPathInTheImage() throws Exception {
        fixture.write("Kubefile", """
                FROM scratch
                COPY manifests/app.yaml /deploy/all.yaml
                COPY charts/web /opt/chart
                COPY registry registry
                """);

        JsonNode bill = bill(builder());

        assertThat(dependencies(bill, "file:deploy/all.yaml")).containsExactly("image:library/nginx");
        assertThat(dependencies(bill, "chart:opt/chart@1.2.3+a")).contains("image:team/web");
        assertThat(dependencies(bill, "chart:opt/chart/charts/db@")).contains("image:db");
        assertThat(dependencies(bill, "cluster-image:"))
                .containsExactly("chart:opt/chart@1.2.3+a", "file:deploy/all.yaml", "image:tools/shell");
    }

    @Test
    void writeToWhenChartIsPackedListsTheChartsInIt() throws Exception {
        byte[] inner = packed(Map.of("cache/Chart.yaml", bytes("name: cache\nversion: 2.0.0\n")));
        byte[] chart = packed(new TreeMap<>(Map.of(
                "store/charts/cache-2.0.0.tgz", inner,
                "store/charts/queue/Chart.yaml", bytes("name: queue\nversion: 3.1.0\n"),
                "store/Chart.yaml", bytes("apiVersion: v2\nname: store\nversion: 1.0.0\n"),
                "store/templates/pod.yaml", bytes(BillFixture.POD.formatted("s", "registry.example/store:1")),
                "store/tests/data/charts/Chart.yaml", bytes("name: none\nversion: 0\n"))));
        Files.write(fixture.context.resolve("charts/store-1.0.0.tgz"), chart);
        registry.putImage("registry.example/store:1");

        JsonNode bill = bill(builder());

        assertThat(dependencies(bill, "chart:charts/store-1.0.0.tgz@1.0.0"))
                .containsExactly(
                        "chart:charts/store-1.0.0.tgz!cache@2.0.0",
                        "chart:charts/store-1.0.0.tgz!queue@3.1.0",
                        "file:charts/store-1.0.0.tgz",
                        "image:store");
        assertThat(component(bill, "chart:charts/store-1.0.0.tgz!queue@")
                        .path("purl")
                        .asText())
                .isEqualTo("pkg:helm/queue@3.1.0");
        assertThat(bill.toString()).doesNotContain("\"none\"");
    }

    @Test
    void writeToWhenSeveralPlatformsAreBuiltListsTheImagesOfEach() throws Exception {
        fixture.write("images/shim/list", "");
        fixture.write("charts/web/values.yaml", "image: docker.io/library/nginx:1.25\n");
        fixture.write(
                "charts/web/charts/db/templates/pod.yaml",
                BillFixture.POD.formatted("x", "docker.io/library/nginx:1.25"));

        BuildResult done = build(builder().platform("linux/arm64"));

        JsonNode bill = valid(done.billOfMaterials().orElseThrow());
        List<JsonNode> images = stream(bill.path("components"))
                .filter(it -> it.path("type").asText().equals("container"))
                .toList();
        assertThat(images).map(it -> url(it).getQualifiers().get("arch")).containsExactlyInAnyOrder("amd64", "arm64");
        assertThat(images).map(it -> url(it).getVersion()).doesNotHaveDuplicates();
        assertThat(bill.path("metadata").path("component").path("properties").toString())
                .contains("manifest:linux/amd64", "manifest:linux/arm64");
        assertThat(url(bill.path("metadata").path("component")).getQualifiers()).doesNotContainKey("arch");
        assertThat(dependencies(bill, "file:manifests/app.yaml")).hasSize(2);
        assertThat(stream(bill.path("components"))
                        .filter(it -> it.path("name").asText().equals("opt/install.sh")))
                .hasSize(1);
    }

    private static PackageURL url(JsonNode component) {
        try {
            return new PackageURL(component.path("purl").asText());
        } catch (MalformedPackageURLException e) {
            throw new AssertionError(component.toString(), e);
        }
    }

    @Test
    void writeToWhenAskedWritesCanonicalPackageUrls() throws Exception {
        JsonNode bill = bill(builder());

        assertThat(stream(bill.path("components")).filter(it -> it.has("purl")))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(url(it).canonicalize())
                        .isEqualTo(it.path("purl").asText()));
    }

    @Test
    void writeToWhenCallerAddsComponentsListsThemInTheirImage() throws Exception {
        BillComponent openssl = BillComponent.of("library", "openssl", "3.0.11-1")
                .withPackageUrl("pkg:deb/debian/openssl@3.0.11-1")
                .withLicense("Apache-2.0")
                .withDigest(Digests.sha256("openssl"));

        JsonNode bill = bill(builder()
                .billOfMaterials(
                        true, openssl.inImage("nginx:1.25"), BillComponent.of("operating-system", "debian", "12")));

        assertThat(component(bill, "added:1").path("purl").asText()).isEqualTo("pkg:deb/debian/openssl@3.0.11-1");
        assertThat(dependencies(bill, "image:library/nginx@")).containsExactly("added:1");
        assertThat(dependencies(bill, "cluster-image:")).contains("added:2").doesNotContain("added:1");
    }

    @Test
    void writeToWhenCallerAddsComponentToUnknownImageIsRefused() {
        ClusterImageBuilder builder = builder()
                .billOfMaterials(true, BillComponent.of("library", "x", "1").inImage("nginx:9"));

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> build(builder))
                .withMessageContaining(
                        "bill of materials: 'library x 1' was added to docker.io/library/nginx:9, which is"
                                + " not in the image; name an image that is saved, as the application refers to it");
        assertThat(directory.resolve("shop.tar")).doesNotExist();
    }

    @Test
    void billOfMaterialsWhenImageIsFinishedHasWhatItsContentTells() throws Exception {
        BuildResult done = build(builder());
        JsonNode built = valid(done.billOfMaterials().orElseThrow());

        JsonNode read = valid(
                ClusterImage.billOfMaterials(OciLayout.archive(directory.resolve("shop.tar")), ImageChoice.any()));

        assertThat(read.path("serialNumber")).isEqualTo(built.path("serialNumber"));
        assertThat(read.path("metadata").path("component").path("purl"))
                .isEqualTo(built.path("metadata").path("component").path("purl"));
        assertThat(refs(read)).isEqualTo(refs(built));
        JsonNode nginx = component(read, "image:library/nginx@");
        assertThat(url(nginx).getQualifiers()).isEqualTo(Map.of("arch", "amd64", "tag", "1.25"));
        assertThat(nginx.path("supplier").path("name").asText()).isEqualTo("NGINX Docker Maintainers");
        assertThat(nginx.has("evidence")).isFalse();
        stream(built.path("components"))
                .filter(it -> !it.path("type").asText().equals("container"))
                .forEach(it ->
                        assertThat(component(read, it.path("bom-ref").asText())).isEqualTo(it));
    }

    private static List<String> refs(JsonNode bill) {
        return stream(bill.path("components"))
                .map(it -> it.path("bom-ref").asText())
                .toList();
    }

    @Test
    void billOfMaterialsWhenImageIsAtARegistryIsThatOfTheLayout() throws Exception {
        build(builder());
        registry.serve("hub.example");
        RegistryImage pushed = RegistryImage.of("hub.example/shop:1").withAccess(registry.access());
        builder().build().writeTo(pushed);
        BillOfMaterials read = ClusterImage.billOfMaterials(pushed, ImageChoice.any());

        assertThat(valid(read).path("components"))
                .isEqualTo(valid(ClusterImage.billOfMaterials(
                                OciLayout.archive(directory.resolve("shop.tar")), ImageChoice.any()))
                        .path("components"));
    }

    private static byte[] packed(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
