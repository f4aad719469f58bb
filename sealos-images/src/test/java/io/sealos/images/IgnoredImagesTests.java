package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoredImagesTests {
    private static final String SHA = "sha256:" + "0".repeat(64);

    @TempDir
    private Path context;

    @Test
    void leavesOutImagesWhenGlobsMatchCanonicalNames() throws IOException {
        write("images/shim/list", "nginx:1\nnginx:2\nquay.io/team/sub/app:1\nquay.io/other:1\n");

        ImageInventory inventory = ImageScanner.builder()
                .ignore("docker.io/library/nginx:1")
                .ignore("quay.io/team")
                .ignore("nginx:*")
                .build()
                .scan(context);

        assertThat(inventory.references())
                .extracting(ImageReference::toString)
                .containsExactly("docker.io/library/nginx:2", "quay.io/other:1");
        assertThat(inventory.occurrences()).hasSize(4);
        assertThat(inventory.occurrences().get(0).ignoredBy()).contains("ignore(\"docker.io/library/nginx:1\")");
        assertThat(inventory.notices())
                .containsExactly(
                        "ignore(\"nginx:*\") matches no image that was found; the pattern is compared with whole"
                                + " canonical names, such as docker.io/library/nginx:1.25");
    }

    @Test
    void readsNothingOfFilesWhenGlobsMatchTheirPaths() throws IOException {
        write("manifests/app.yaml", "image: a/app:1");
        write("manifests/test/broken.yaml", "{{ no YAML");
        write("charts/demo/templates/x.yaml", "");
        write("images/shim/old", "a/old:1\n");

        ImageInventory inventory = ImageScanner.builder()
                .ignoreFiles("manifests/test")
                .ignoreFiles("charts/d*")
                .ignoreFiles("**/old")
                .ignoreFiles("etc/*")
                .build()
                .scan(context);

        assertThat(inventory.occurrences())
                .extracting(it -> it.reference().familiarString())
                .containsExactly("a/app:1");
        assertThat(inventory.problems()).isEmpty();
        assertThat(inventory.sealosCompat().images()).containsExactly("docker.io/a/app:1");
        assertThat(inventory.notices())
                .containsExactly("ignoreFiles(\"etc/*\") matches no file; the pattern is compared with paths from the"
                        + " context directory on, such as manifests/app.yaml");
    }

    @Test
    void leavesOutWholeLinesWhenContextHasSealignore() throws IOException {
        write(
                "manifests/app.yaml",
                "containers:\n  - image: a/app:1\n  - image: a/pinned:1@" + SHA + "\n  - image: nginx:2\n");
        write("images/shim/list", "nginx:1\nnginx:2\n");
        write(".sealignore", "docker.io/a/app:1\r\ndocker.io/a/pinned:1\nnginx:1\nnginx:2\n\n# comment\n");

        ImageInventory inventory = ImageScanner.builder().build().scan(context);

        assertThat(inventory.references())
                .extracting(ImageReference::toString)
                .containsExactly("docker.io/library/nginx:2");
        assertThat(inventory.explain(ImageReference.parse("nginx:2"))).isEqualTo("""
                docker.io/library/nginx:2 is saved
                  manifests/app.yaml:4
                    CERTAIN by pod-spec, containers[2].image
                  images/shim/list:2
                    CERTAIN by shim-list, not saved: left out by .sealignore:4""");
        assertThat(inventory.sealosCompat().images()).containsExactly("docker.io/library/nginx:2");
        assertThat(inventory.sealosCompat().toString()).isEmpty();
        assertThat(inventory.notices()).isEmpty();
    }

    @Test
    void saysWhatToWriteWhenLineOfSealignoreMatchesNothing() throws IOException {
        write("manifests/app.yaml", "containers: [{image: a/app:1}]\n");
        write(".sealignore", " docker.io/a/app:1\na/app:1\nquay.io/*\ndocker.io/a/gone:1");

        ImageInventory inventory = ImageScanner.builder().build().scan(context);

        assertThat(inventory.references()).hasSize(1);
        assertThat(inventory.notices())
                .containsExactly(
                        ".sealignore:1 matches no image that was found; sealos compares whole lines, so write"
                                + " 'docker.io/a/app:1', or the name as images/shim has it",
                        ".sealignore:2 matches no image that was found; sealos compares whole lines, so write"
                                + " 'docker.io/a/app:1', or the name as images/shim has it",
                        ".sealignore:3 matches no image that was found; sealos compares whole lines and knows no"
                                + " patterns, so write a name such as docker.io/library/nginx:1.25",
                        ".sealignore:4 matches no image that was found; remove the line");
    }

    @Test
    void refusesGlobWhenItCanMatchNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageScanner.builder().ignore("a["))
                .withMessage("ignore(\"a[\"): the pattern is malformed; close each [, and escape a literal one as \\[");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageScanner.builder().ignore(" "))
                .withMessage("ignore(\" \"): the pattern is empty; write a glob such as quay.io/team/**");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageScanner.builder().ignoreFiles("!a"))
                .withMessage("ignoreFiles(\"!a\"): the pattern begins with '!', which no name does; leave it out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageScanner.builder().ignoreFiles("a\nb"))
                .withMessage("ignoreFiles(\"a\nb\"): the pattern has several lines; call the method once for each");
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
