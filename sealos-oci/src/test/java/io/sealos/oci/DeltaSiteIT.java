package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A base and its delta, shipped to the real distribution registry of a site by skopeo, which copies each tag as sealos
 * does: first with everything that it points to, then the image for the control host, where a failure is only a
 * warning.
 */
@Tag("peers")
class DeltaSiteIT {
    private static final int SIZE = 30_000;
    private static final List<String> IMAGES = List.of("team/shop:2", "team/db:1", "team/cache:1");

    @TempDir
    Path directory;

    private DeltaFixture images;
    private DistributionServer site;

    @BeforeEach
    void writeImages() throws Exception {
        for (String program : List.of("bash", "docker-registry", "skopeo", "tar")) {
            assumeThat(Tools.isInstalled(program)).as(program).isTrue();
        }
        images = new DeltaFixture(directory);
        BuildResult base = images.image(
                        List.of(images.put("team/shop:1", SIZE, 1, 2, 3), images.put("team/db:1", SIZE, 1, 4)))
                .lockBlobs(true)
                .build()
                .writeTo(layout("base"));
        BuildResult delta = images.image(List.of(
                        images.put("team/shop:2", SIZE, 1, 2, 5),
                        images.put("team/db:1", SIZE, 1, 4),
                        images.put("team/cache:1", SIZE, 1, 6)))
                .deltaFrom(DeltaBase.of(base.lock()))
                .build()
                .writeTo(layout("delta"));
        assertThat(delta.delta().orElseThrow().sparedBlobs()).isEqualTo(2);
        unpack("base");
        unpack("delta");
        site = DistributionServer.start(directory, Files.createDirectory(directory.resolve("site")), "", "");
    }

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
        if (images != null) {
            images.close();
        }
    }

    private OciLayout layout(String name) {
        return OciLayout.directory(directory.resolve(name));
    }

    /** Unpacks all layers of an image over each other. */
    private void unpack(String name) throws Exception {
        Path root = Files.createDirectory(directory.resolve(name + "-root"));
        for (InspectedLayer layer : ClusterImage.inspect(layout(name)).layers()) {
            Path file = blob(name, layer.digest());
            Tools.run(directory, "tar", "-xf", file.toString(), "-C", root.toString());
        }
    }

    private Path blob(String name, Digest digest) {
        return directory.resolve(name).resolve("blobs/sha256").resolve(digest.hex());
    }

    /** Copies all tags of an image to the site, and returns the warnings. */
    private List<String> ship(String name, String host) throws Exception {
        List<String> warnings = new ArrayList<>();
        Path registry = directory.resolve(name + "-root/registry");
        try (DistributionServer source = DistributionServer.start(directory, registry, "", "")) {
            for (ContainedImage image : ClusterImage.inspect(layout(name)).images()) {
                String from = "docker://" + source.host() + "/" + image.name();
                String to = "docker://" + site.host() + "/" + image.name();
                copy(warnings, "--all", from, to);
                copy(warnings, "--override-arch=" + host, from, to);
            }
        }
        return warnings;
    }

    private void copy(List<String> warnings, String option, String from, String to) throws Exception {
        try {
            Tools.run(
                    directory,
                    "skopeo",
                    option.startsWith("--override") ? option : "--override-os=linux",
                    "copy",
                    option.equals("--all") ? option : "--quiet",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    from,
                    to);
        } catch (IOException e) {
            warnings.add(String.valueOf(e.getMessage()));
        }
    }

    /** Runs the first command of the delta image, and returns its exit status and output. */
    private String guard() throws IOException, InterruptedException {
        String command = ClusterImage.inspect(layout("delta")).commands().get(0);
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", command + "; echo passed")
                .directory(directory.resolve("delta-root").toFile())
                .redirectErrorStream(true);
        shell.environment().put("DELTA_REGISTRY", "http://" + site.host());
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }

    private void assertWhole(String image) throws Exception {
        Path copy = Files.createTempDirectory(directory, "whole");
        Tools.run(
                directory,
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "docker://" + site.host() + "/" + image,
                "dir:" + copy);
        assertThat(copy.resolve("manifest.json")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "arm64"})
    void bringsEverythingWhenTheBaseIsThere(String host) throws Exception {
        assertThat(ship("base", host)).isEmpty();
        assertThat(ship("delta", host)).isEmpty();
        assertThat(guard()).isEqualTo("0 passed\n");
        for (String image : IMAGES) {
            assertWhole(image);
        }
    }

    @Test
    void endsTheRunWhenTheBaseIsMissing() throws Exception {
        assertThat(ship("delta", "amd64"))
                .isNotEmpty()
                .allSatisfy(warning -> assertThat(warning).contains("skopeo failed"));
        assertThat(guard())
                .startsWith("1 sealos delta: this image is a delta of lock sha256:")
                .contains("but the registry http://" + site.host() + " lacks blobs that it needs (2 of 2),\n")
                .contains("run the base image first and then this image again, or run the full image; nothing was run")
                .doesNotContain("passed");
    }

    @Test
    void endsTheRunWhenTheBaseArrivesAfterTheDelta() throws Exception {
        assertThat(ship("delta", "amd64")).isNotEmpty();
        assertThat(ship("base", "amd64")).isEmpty();
        assertThat(guard()).startsWith("1 sealos delta: ").doesNotContain("passed");
        assertThat(ship("delta", "amd64")).isEmpty();
        assertThat(guard()).isEqualTo("0 passed\n");
    }
}
