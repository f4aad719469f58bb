package io.sealos.oci.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ImageChoice;
import io.sealos.oci.InspectedLayer;
import io.sealos.oci.LayerCompression;
import io.sealos.oci.OciLayout;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The application's image in {@code registry/} of a finished cluster image, served by the real distribution registry,
 * as skopeo sees it; the judge is what Jib reports when it pushes the same. Skipped where one of them is absent.
 */
@Tag("peers")
class JibServedIT {
    private static final String SHOP = "registry.example/shop:1.0";
    private static final Platform AMD64 = new Platform("amd64", "linux");
    private static final Platform ARM64 = new Platform("arm64", "linux");

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void writeContext() throws IOException {
        for (String tool : List.of("docker-registry", "skopeo", "tar")) {
            assumeThat(Tools.isInstalled(tool)).as(tool + " is installed").isTrue();
        }
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        jar = Files.writeString(directory.resolve("shop.jar"), "the classes of the shop");
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void serveWhenImageIsForOnePlatformHasTheDigestThatJibReports(ImageFormat format) throws Exception {
        build(format, AMD64);

        try (DistributionServer server = serve(AMD64)) {
            assertThat(seen(server, ":1.0")).isEqualTo(reported(format, AMD64));
            assertPulls(server, AMD64);
        }
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void serveWhenImageIsForTwoPlatformsHasTheDigestsThatJibReports(ImageFormat format) throws Exception {
        String index = "@" + build(format, AMD64, ARM64).images().get(0).digest();

        for (Platform platform : List.of(AMD64, ARM64)) {
            try (DistributionServer server = serve(platform)) {
                assertThat(digests(server, index)).containsExactly(reported(format, AMD64), reported(format, ARM64));
                if (format == ImageFormat.Docker) {
                    assertThat(index).isEqualTo("@" + reported(format, AMD64, ARM64));
                }
                assertThat(seen(server, ":1.0")).isEqualTo(reported(format, platform));
                assertPulls(server, platform);
            }
        }
    }

    private BuildResult build(ImageFormat format, Platform... platforms) throws IOException {
        var builder = ClusterImage.builder()
                .context(directory.resolve("context"))
                .compression(LayerCompression.NONE)
                .contentStore(directory.resolve("store"))
                .image(SHOP, JibImage.of(shop(format, platforms)));
        for (Platform platform : platforms) {
            builder.platform("linux/" + platform.getArchitecture());
        }
        return builder.build().writeTo(layout());
    }

    private OciLayout layout() {
        return OciLayout.directory(directory.resolve("out"));
    }

    private JibContainerBuilder shop(ImageFormat format, Platform... platforms) throws IOException {
        return Jib.fromScratch()
                .addLayer(List.of(jar), "/app")
                .setEntrypoint("java", "-jar", "/app/shop.jar")
                .setFormat(format)
                .setPlatforms(new LinkedHashSet<>(List.of(platforms)));
    }

    /** Serves the content of {@code registry/} of the cluster image for a platform. */
    private DistributionServer serve(Platform platform) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root-" + platform.getArchitecture()));
        ImageChoice choice = ImageChoice.any().platform("linux/" + platform.getArchitecture());
        for (InspectedLayer layer : ClusterImage.inspect(layout(), choice).layers()) {
            String blob = directory
                    .resolve("out/blobs/sha256/" + layer.digest().hex())
                    .toString();
            Tools.run(directory, "tar", "-C", root.toString(), "-xf", blob);
        }
        return DistributionServer.start(directory, root.resolve("registry"), "", "");
    }

    private byte[] raw(DistributionServer server, String reference) throws Exception {
        return Tools.run(
                directory,
                "skopeo",
                "inspect",
                "--raw",
                "--tls-verify=false",
                "docker://" + server.host() + "/shop" + reference);
    }

    private String seen(DistributionServer server, String reference) throws Exception {
        return Digests.sha256(raw(server, reference)).toString();
    }

    private List<String> digests(DistributionServer server, String index) throws Exception {
        List<String> digests = new ArrayList<>();
        for (JsonNode manifest : new ObjectMapper().readTree(raw(server, index)).path("manifests")) {
            digests.add(manifest.path("digest").asText());
        }
        return digests;
    }

    /** With every blob compared with its digest by skopeo. */
    private void assertPulls(DistributionServer server, Platform platform) throws Exception {
        Path pulled = directory.resolve("pulled-" + platform.getArchitecture());
        Tools.run(
                directory,
                "skopeo",
                "--override-arch",
                platform.getArchitecture(),
                "copy",
                "-q",
                "--src-tls-verify=false",
                "docker://" + server.host() + "/shop:1.0",
                "dir:" + pulled);
        JsonNode manifest =
                new ObjectMapper().readTree(pulled.resolve("manifest.json").toFile());
        assertThat(manifest.path("layers")).hasSize(1);
    }

    private String reported(ImageFormat format, Platform... platforms) throws Exception {
        Path storage = Files.createDirectories(directory.resolve("judge"));
        try (DistributionServer server = DistributionServer.start(directory, storage, "", "")) {
            return shop(format, platforms)
                    .containerize(Containerizer.to(RegistryImage.named(server.host() + "/judge:1"))
                            .setAllowInsecureRegistries(true)
                            .setApplicationLayersCache(directory.resolve("layers")))
                    .getDigest()
                    .toString();
        }
    }
}
