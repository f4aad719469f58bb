package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealosCompatTests {
    private static final String SHA = "sha256:" + "0".repeat(64);

    @TempDir
    private Path context;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "image: nginx, docker.io/library/nginx",
                "- image: 'a/b:1', docker.io/a/b:1",
                "image:a/b:1, docker.io/a/b:1",
                "x: {image: a/b:1, docker.io/a/b:1",
                "defaultImage: q.io/a/my-image:v1, docker.io/library/v1",
                "name: my-image: a/b:1, docker.io/a/b:1",
                "image: a/b:1@" + "sha256:0000000000000000000000000000000000000000000000000000000000000000,"
                        + " docker.io/a/b:1",
                "image: auto, docker.io/library/auto",
            })
    void listsNameWhenLineHoldsImage(String line, String image) throws IOException {
        assertThat(manifest("m.yaml", line).images()).containsExactly(image);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "# image: a/b:1",
                "image: a/b:1 # why",
                "image: &a a/b:1",
                "{image: a/b:1}",
                "\"image\": \"a/b:1\"",
                "Image: a/b:1",
                "image: >-",
                "image: {{ .Values.image }}",
                "image: [::1]:5000/a/b:1",
                "image: Host/a/b:1",
                "image: \"a/b:1",
            })
    void listsNothingWhenLineIsBeyondSealos(String line) throws IOException {
        assertThat(manifest("m.yaml", line).images()).isEmpty();
    }

    @Test
    void leavesOutWhiteSpaceWhenGoKnowsIt() throws IOException {
        assertThat(manifest("m.yaml", "\u2003image: \"a/b:1\"\u00a0\r\n").images())
                .containsExactly("docker.io/a/b:1");
    }

    /** sealos walks from there, and a walk from a file visits that. */
    @Test
    void readsTheListWhenImagesShimIsAFile() throws IOException {
        write("lists/app", "a/b:1\n'c/d:2'\n# no\n");
        Files.createDirectories(context.resolve("images"));
        Files.createSymbolicLink(context.resolve("images/shim"), Path.of("../lists/app"));

        ImageInventory inventory = ImageScanner.builder().build().scan(context);

        assertThat(inventory.sealosCompat().images()).containsExactly("a/b:1", "c/d:2");
        assertThat(inventory.references())
                .extracting(ImageReference::toString)
                .containsExactly("docker.io/a/b:1", "docker.io/c/d:2");
    }

    @Test
    void listsDigestWhenThereIsNoTag() throws IOException {
        assertThat(manifest("m.tmpl", "image: a/b@" + SHA).images()).containsExactly("docker.io/a/b@" + SHA);
    }

    @Test
    void readsNothingWhenManifestIsJson() throws IOException {
        assertThat(manifest("m.json", "image: a/b:1").images()).isEmpty();
    }

    @Test
    void cutsReferenceWhenLineIsLongerThanBuffer() throws IOException {
        String start = "x: " + "y".repeat(4096 - "x: image: a/b:1".length()) + "image: a/b:1";
        SealosCompat compat = manifest("m.yaml", start + "23\nimage: a/c:1");
        assertThat(compat.images()).containsExactly("docker.io/a/b:1", "docker.io/a/c:1");
        assertThat(compat.inventions())
                .extracting(SealosCompat.Invention::place)
                .first()
                .isEqualTo("m.yaml:1");
    }

    @Test
    void namesWhatIsMissedWhenScanSavesMore() throws IOException {
        SealosCompat compat = manifest("m.yaml", """
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                    - {image: a/flow:1}
                    - image: a/pinned:1@%s
                      env: [{name: RELATED_IMAGE_X, value: a/related:1}]
                """.formatted(SHA));
        assertThat(compat.images()).containsExactly("docker.io/a/pinned:1");
        assertThat(compat.inventions()).isEmpty();
        assertThat(compat).hasToString("""
                + sealos misses docker.io/a/flow:1
                + sealos misses docker.io/a/related:1
                """);
    }

    @Test
    void saysWhyWhenScanSavesLess() throws IOException {
        write("manifests/test.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {annotations: {helm.sh/hook: test}}
                spec:
                  containers:
                    - image: a/test:1
                """);
        write("manifests/pod.yaml", """
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                    - image: auto
                    - image: a/left-out:1
                      args: [--x, --y=my-image:v1]
                    - args:
                        - --z=q.io/a/my-image:v2
                """);
        assertThat(inventions("**/left-out:*"))
                .containsExactly(
                        "docker.io/a/left-out:1 (manifests/pod.yaml:6): left out by ignore(\"**/left-out:*\")",
                        "docker.io/a/test:1 (manifests/test.yaml:6): only helm test runs it",
                        "docker.io/library/auto (manifests/pod.yaml:5): 'auto' stands for no image",
                        "docker.io/library/v2 (manifests/pod.yaml:9): 'image:' is the end of another word in"
                                + " '- --z=q.io/a/my-image:v2'");
    }

    @Test
    void saysWhyWhenLineIsNoImage() throws IOException {
        write("manifests/cluster.yaml", """
                apiVersion: x.io/v1
                kind: Cluster
                spec:
                  driver:
                    repository: nvcr.io/a
                    image: driver
                    version: "5.1"
                """);
        write("manifests/crd.yaml", """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                spec:
                  example:
                    image: a/example:1
                """);
        assertThat(inventions("unused"))
                .containsExactly(
                        "docker.io/a/example:1 (manifests/crd.yaml:5): nothing runs an image by the line 'image:"
                                + " a/example:1'",
                        "docker.io/library/driver (manifests/cluster.yaml:6): it is a part of nvcr.io/a/driver:5.1,"
                                + " whose name and tag stand in fields of their own");
    }

    @Test
    void takesEveryLineOfListWhenItIsNoComment() throws IOException {
        write("images/shim/list", " 'nginx:1' \n# no\n\ndocker.io/a/b:1\nno image\ncontainers-storage:localhost/x\n");

        SealosCompat compat = ImageScanner.builder().build().scan(context).sealosCompat();

        assertThat(compat.images())
                .containsExactly("containers-storage:localhost/x", "docker.io/a/b:1", "nginx:1", "no image");
        assertThat(compat).hasToString("""
                ! sealos fails: images/shim/list:6: 'containers-storage:localhost/x' has the host localhost, which \
                sealos does not treat as a host, so nothing is left of the name
                ! sealos fails: images/shim/list:5: 'no image' is not an image reference
                - sealos invents no image (images/shim/list:5): it is not an image reference
                """);
    }

    @Test
    void listsNothingWhenALinkInTheListsLeadsNowhere() throws IOException {
        write("manifests/pod.yaml", "image: a/b:1\n");
        write("images/shim/list", "a/c:1\n");
        Files.createSymbolicLink(context.resolve("images/shim/dead"), Path.of("none"));

        SealosCompat compat = ImageScanner.builder().build().scan(context).sealosCompat();

        assertThat(compat.images()).isEmpty();
        assertThat(compat.failures())
                .containsExactly("images/shim/dead: the link leads to nothing, and sealos stops at it");
    }

    @Test
    void saysWhereImagesGoWhenTheyAreListed() throws IOException {
        write("images/shim/list", "quay.io/a/b:1\n");
        write("images/skopeo/tar.txt", "docker-archive:c.tar@c:1\n");

        SealosCompat compat = ImageScanner.builder().build().scan(context).sealosCompat();

        assertThat(compat.places())
                .extracting(SealosPlace::toString)
                .containsExactly("quay.io/a/b:1 -> a/b 1", "docker-archive:images/skopeo/c.tar@c:1 -> c 1");
        assertThat(compat.places()).extracting(SealosPlace::isAskedFor).containsExactly(true, false);
    }

    private List<String> inventions(String ignored) throws IOException {
        return ImageScanner.builder().ignore(ignored).build().scan(context).sealosCompat().inventions().stream()
                .map(SealosCompat.Invention::toString)
                .toList();
    }

    @Test
    void takesEveryDirectoryForChartWhenChartsAreListed() throws IOException {
        write("charts/.git/config", "");
        write("charts/app/Chart.yaml", "name: app\nversion: 1.0.0\n");
        write("charts/broken/Chart.yaml", "name: broken\nversion: 1.0.0\n");
        write("charts/packed.tar.gz", "");
        ChartRenderer renderer = request -> request.chart().endsWith("broken")
                ? RenderedChart.failed("no value")
                : RenderedChart.of(
                        "app",
                        List.of(RenderedDocument.of(
                                "app/templates/x.yaml",
                                "image: a/" + request.chart().getFileName())),
                        List.of());

        SealosCompat compat = ImageScanner.builder()
                .chartRenderer(renderer)
                .build()
                .scan(context)
                .sealosCompat();

        assertThat(compat.images()).containsExactly("docker.io/a/app");
        assertThat(compat.failures())
                .containsExactly(
                        "charts/.git: the directory has no Chart.yaml",
                        "charts/broken: the chart does not render: no value");
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static SealosCompat manifest(String name, String text) throws IOException {
        return ImageScanner.builder()
                .build()
                .scanManifest(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .sealosCompat();
    }
}
