package io.sealos.oci.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.OciLayout;
import io.sealos.oci.OciLayoutVerifier;
import io.sealos.oci.internal.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleImageTests {
    private static final String SHOP = "registry.example/shop:1.0";

    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** Run in a process of its own, with little memory. */
    static final class LargeImage {
        private LargeImage() {}

        public static void main(String[] arguments) throws IOException {
            // Not closed, which does not keep the program alive.
            InProcessRegistry registry = InProcessRegistry.start();
            registry.putImage(SHOP, SampleImage.of().withLayers(2, 50_000_000));
            for (JsonNode layer : manifest(registry, "shop", "1.0").path("layers")) {
                URLConnection blob =
                        open(registry, "/v2/shop/blobs/" + layer.path("digest").asText());
                try (InputStream content = blob.getInputStream()) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
            System.exit(registry.servedBytes() > 100_000_000 ? 0 : 1);
        }
    }

    /** Starts a registry, and ends without closing it. */
    static final class Forgetful {
        private Forgetful() {}

        public static void main(String[] arguments) throws IOException {
            InProcessRegistry registry = InProcessRegistry.start();
            registry.putImage(SHOP);
            manifest(registry, "shop", "1.0");
        }
    }

    @Test
    void putImageWhenFormIsNotGivenKeepsItsDigests() throws IOException {
        assertThat(registry.putImage(SHOP))
                .hasToString("sha256:2d53957a138d227c8a212eaf1da7988c8d4894f8dd118360c32e2e83dd66b19c");
        assertThat(registry.putImage("nginx", "linux/amd64", "linux/arm64/v8"))
                .hasToString("sha256:f028184fbd32bbc0e2b39e8a8b0a1caa49b77ff2ddaa87793efeb8ee53185120");
    }

    @Test
    void putImageWhenFormIsGivenHasTheSameBytesEverywhere() throws IOException {
        SampleImage form = SampleImage.of("linux/amd64", "linux/arm64/v8")
                .withLayers(3, 100_000)
                .withLabel("org.opencontainers.image.version", "1.0");

        Digest digest = registry.putImage(SHOP, form);

        assertThat(digest).hasToString("sha256:c670594c283fa27d144af982111151c0f0d63146e84e2551b583c950e74eb664");
        assertThat(registry.putImage(SHOP, form)).isEqualTo(digest);
        assertThat(registry.putImage("registry.example/other:1.0", form)).isNotEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 511, 512, 65_535, 300_000})
    void putImageWhenLayersAreGivenServesTarsOfThatSize(long bytes) throws IOException {
        registry.putImage(SHOP, SampleImage.of().withLayers(2, bytes));

        JsonNode manifest = manifest(registry, "shop", "1.0");
        List<String> diffIds = new ArrayList<>();
        manifest.path("layers").forEach(layer -> diffIds.add(checked(layer, bytes)));

        JsonNode config = new ObjectMapper().readTree(blob(manifest.path("config")));
        assertThat(config.path("rootfs").path("diff_ids"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(diffIds);
        assertThat(diffIds).hasSize(2);
    }

    private String checked(JsonNode layer, long bytes) {
        try {
            byte[] content = blob(layer);
            assertThat(content).hasSize(layer.path("size").asInt());
            assertThat(Digests.sha256(content)).hasToString(layer.path("digest").asText());
            byte[] tar = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
            TarArchiveEntry entry = new TarArchiveInputStream(new ByteArrayInputStream(tar)).getNextEntry();
            assertThat(entry.getSize()).isEqualTo(bytes);
            return Digests.sha256(tar).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void serveWhenARangeOfAGeneratedLayerIsRequestedServesItsBytes() throws IOException {
        registry.putImage(SHOP, SampleImage.of().withLayers(1, 200_000));
        JsonNode layer = manifest(registry, "shop", "1.0").path("layers").path(0);
        byte[] whole = blob(layer);

        for (int from : new int[] {1, 9, 10, 15, 65_549, 65_551, whole.length - 1}) {
            URLConnection rest =
                    open(registry, "/v2/shop/blobs/" + layer.path("digest").asText());
            rest.setRequestProperty("Range", "bytes=" + from + "-");
            try (InputStream content = rest.getInputStream()) {
                assertThat(content).hasBinaryContent(Arrays.copyOfRange(whole, from, whole.length));
            }
        }
    }

    @Test
    void putImageWhenLayersAreGivenIsSavedAndHasItsLabels(@TempDir Path directory) throws IOException {
        SampleImage form = SampleImage.of().withLayers(3, 500_000).withLabel("team", "shop");
        Digest served = registry.putImage(SHOP, form);
        registry.fault("/blobs/", Fault.truncatedBody(2));
        OciLayout layout = OciLayout.directory(directory.resolve("out"));

        ClusterImage.builder()
                .file("Kubefile", "FROM " + SHOP + "\nCOPY . .\nCMD [\"true\"]\n")
                .imageList("list", List.of(SHOP))
                .registryAccess(registry.access())
                .contentStore(directory.resolve("store"))
                .build()
                .writeTo(layout);

        OciLayoutVerifier.verify(directory.resolve("out")).orThrow();
        assertThat(ClusterImage.inspect(layout).labels()).containsEntry("team", "shop");
        SealosAssertions.assertThat(ClusterImage.inspect(layout)).containsImage(SHOP, served);
    }

    @Test
    void limitRateWhenSetSlowsBodiesDown() throws IOException {
        registry.putImage(SHOP, SampleImage.of().withLayers(1, 100_000));
        JsonNode layer = manifest(registry, "shop", "1.0").path("layers").path(0);
        registry.limitRate(200_000);
        long start = System.nanoTime();

        assertThat(blob(layer)).hasSizeGreaterThan(100_000);

        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(450));
    }

    @Test
    void withLayersWhenNumbersAreWrongRefusesThem() {
        SampleImage form = SampleImage.of();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> form.withLayers(0, 1))
                .withMessage("an image has at least 1 layer, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> form.withLayers(1, -1))
                .withMessage("the file of a layer cannot have -1 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.limitRate(-1))
                .withMessage("a rate cannot be -1 bytes a second; 0 is for no limit");
    }

    @Test
    void toStringWhenLayersAndLabelsAreGivenNamesThem() {
        assertThat(SampleImage.of("linux/arm64/v8").withLayers(2, 10).withLabel("a", "b"))
                .hasToString("[linux/arm64/v8], 2 layers of 10 bytes, {a=b}")
                .isEqualTo(SampleImage.of("linux/arm64/v8").withLabel("a", "b").withLayers(2, 10))
                .isNotEqualTo(SampleImage.of("linux/arm64/v8").withLayers(2, 10));
        assertThat(SampleImage.of()).hasToString("[linux/amd64], one small layer");
    }

    @Test
    void putImageWhenLargeNeedsLittleMemory() throws Exception {
        assertThat(run(LargeImage.class, "-Xmx24m")).isZero();
    }

    @Test
    void startWhenNotClosedDoesNotKeepTheProgramAlive() throws Exception {
        assertThat(run(Forgetful.class, "-Xmx64m")).isZero();
    }

    private static int run(Class<?> main, String option) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static JsonNode manifest(InProcessRegistry registry, String repository, String tag) throws IOException {
        try (InputStream content =
                open(registry, "/v2/" + repository + "/manifests/" + tag).getInputStream()) {
            return new ObjectMapper().readTree(content);
        }
    }

    private byte[] blob(JsonNode descriptor) throws IOException {
        try (InputStream content = open(
                        registry, "/v2/shop/blobs/" + descriptor.path("digest").asText())
                .getInputStream()) {
            return content.readAllBytes();
        }
    }

    private static URLConnection open(InProcessRegistry registry, String path) throws IOException {
        return URI.create(registry.endpoint() + path).toURL().openConnection();
    }
}
