package io.sealos.oci;

import static io.sealos.oci.WriterFixture.TAG;
import static io.sealos.oci.WriterFixture.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's tools read what is written. Each test is skipped where its tool is not installed. */
class PeerToolsIT {
    @TempDir
    private Path folder;

    private WriterFixture fixture;
    private ImageRequest request;

    @BeforeEach
    void makeContext() throws IOException {
        fixture = new WriterFixture(folder);
        fixture.file("charts/a/values.yaml", "a: 1\n").file("registry/" + "n".repeat(150), "x");
        request = ImageRequest.of(fixture.recipe(copy("charts", "/charts"), copy("registry", "/registry")), TAG);
    }

    private String run(String... command) throws IOException, InterruptedException {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, command[0])));
        assumeThat(installed).as(command[0] + " is installed").isTrue();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(List.of(command) + "\n" + output).isZero();
        return output;
    }

    @Test
    void inspectWhenTagIsCanonicalFindsTheImage() throws Exception {
        WrittenImage image = fixture.write(request);
        String output = run("skopeo", "inspect", "oci:" + fixture.layout() + ":" + TAG);
        assertThat(output).contains(image.root().digest().toString());
    }

    @Test
    void validateWhenLayersArePlainOrCompressedAcceptsThem() throws Exception {
        for (LayerCompression compression : List.of(LayerCompression.NONE, LayerCompression.GZIP)) {
            fixture.write(request.withLayers(request.layers().withCompression(compression)));
            run("oci-image-tool", "validate", "--type", "image", "--ref", "name=" + TAG, layoutText());
        }
    }

    @Test
    void unpackWhenOrdinaryUserGivesTheFiles() throws Exception {
        fixture.write(ImageRequest.of(request.recipes().get(0), "v1"));
        Path bundle = folder.resolve("bundle");
        run("umoci", "unpack", "--rootless", "--image", layoutText() + ":v1", bundle.toString());
        assertThat(bundle.resolve("rootfs/charts/a/values.yaml")).hasContent("a: 1\n");
        assertThat(bundle.resolve("rootfs/registry/" + "n".repeat(150))).hasContent("x");
    }

    @Test
    void copyWhenArchiveIsReadKeepsManifestAndName() throws Exception {
        Path oci = folder.resolve("oci.tar");
        WrittenImage image = OciLayout.archive(oci).write(request);
        assertThat(run("skopeo", "inspect", "oci-archive:" + oci + ":" + TAG))
                .contains(image.root().digest().toString());
        Path docker = folder.resolve("docker.tar");
        DockerArchive.file(docker).write(request);
        assertThat(run("skopeo", "list-tags", "docker-archive:" + docker)).contains(TAG);
        run("skopeo", "copy", "docker-archive:" + docker, "oci:" + folder.resolve("copy") + ":v1");
        assertThat(OciLayoutVerifier.verify(folder.resolve("copy")).mismatches())
                .isEmpty();
    }

    @Test
    void pullWhenArchiveIsImportedGivesTheRightName() throws Exception {
        Path oci = folder.resolve("oci.tar");
        OciLayout.archive(oci).write(request);
        String[] store = {"buildah", "--storage-driver", "vfs", "--root", folder + "/root", "--runroot", folder + "/run"
        };
        run(with(store, "pull", "oci-archive:" + oci));
        assertThat(run(with(store, "images")))
                .contains("docker.io/labring/nginx")
                .contains("v1.23.1");
    }

    private static String[] with(String[] command, String... arguments) {
        String[] all = Arrays.copyOf(command, command.length + arguments.length);
        System.arraycopy(arguments, 0, all, command.length, arguments.length);
        return all;
    }

    private String layoutText() {
        return fixture.layout().toString();
    }
}
