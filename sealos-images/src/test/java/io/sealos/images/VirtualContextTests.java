package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.SealosException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualContextTests {
    @TempDir
    Path directory;

    private final VirtualContext.Builder builder = VirtualContext.builder();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/..", ".", "./a", "a\\b", "C:/a", "c:a", "a\0b", "/"
            })
    void fileWhenPathIsNotInsideIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.file(path, "text"))
                .withMessageEndingWith("' is not a path in a context; write it relative to the"
                        + " context directory, with slashes, and without empty, '.' and '..' names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "..a", "a..", "...", "a b/ü", ".hidden", "ab:c", "*?<>|", "0"})
    void fileWhenPathIsInsideIsGiven(String path) throws IOException {
        VirtualContext context = builder.file(path, "text").build();

        assertThat(context.files()).containsExactly(path);
        assertThat(context.path().resolve(path)).hasContent("text");
    }

    @Test
    void fileWhenGivenTwiceIsRefused() {
        builder.file("a/b", "1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.file("a/b", directory))
                .withMessage("the file 'a/b' is given twice; give it once");
    }

    @Test
    void fileWhenAnotherFileIsAboveOrBelowIsRefused() {
        builder.file("a/b", "1").file("a.b", "2").file("c", directory);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.file("a", "2"))
                .withMessage("the file 'a/b' cannot be given together with 'a', which would have to be a directory;"
                        + " give one of them another path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.file("a/b/c/d", "2"))
                .withMessageStartingWith("the file 'a/b/c/d' cannot be given together with 'a/b', which ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.file("c/d", "2"))
                .withMessageStartingWith("the file 'c/d' cannot be given together with 'c', which ");
    }

    @Test
    void executableWhenThereIsNoSuchFileIsRefused() {
        builder.file("a", "1").file("b", directory);

        assertThat(builder.executable("a")).isSameAs(builder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.executable("c"))
                .withMessage("there is no given file 'c' that could be made executable; give the file first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.executable("b"))
                .withMessage("'b' has the mode of the file " + directory + "; make that file executable");
    }

    @Test
    void manifestWhenItWouldNotBeReadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.manifest("app.txt", "a: b"))
                .withMessage("'app.txt' would not be read as a manifest; let its name end with .yaml, .yml, .json or"
                        + " .tmpl");
    }

    @Test
    void chartWhenItWouldNotBeReadIsRefused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.chart("a/demo.tgz", () -> new ByteArrayInputStream(new byte[0])))
                .withMessage("'a/demo.tgz' would not be read as a chart; give a name without slashes that ends with"
                        + " .tgz or .tar.gz");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> VirtualContext.builder().chart(directory).build())
                .withMessage(directory + ": is neither a directory with a Chart.yaml nor a .tgz or .tar.gz file; give"
                        + " the path of a chart");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> VirtualContext.builder()
                        .chart(directory.resolve("demo.tgz"))
                        .build())
                .withMessage(directory.resolve("demo.tgz")
                        + ": there is no such file, but was given as 'charts/demo.tgz'; check the path");
    }

    @Test
    void chartWhenItIsALinkIsFollowed() throws IOException {
        Path chart = Files.createDirectory(directory.resolve("demo"));
        Files.writeString(chart.resolve("Chart.yaml"), "name: demo\n");
        Path link = Files.createSymbolicLink(directory.resolve("latest"), Path.of("demo"));

        assertThat(builder.chart(link).build().files()).containsExactly("charts/latest/Chart.yaml");
    }

    @Test
    void chartWhenALinkLeadsOutOfItIsRefused() throws IOException {
        Path chart = Files.createDirectory(directory.resolve("demo"));
        Files.writeString(chart.resolve("Chart.yaml"), "name: demo\n");
        Files.writeString(directory.resolve("secret"), "");
        Files.createSymbolicLink(chart.resolve("values.yaml"), Path.of("../secret"));

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> builder.chart(chart).build())
                .withMessage(chart.resolve("values.yaml")
                        + ": is not a file of the chart, or a link to one; replace it with what it leads to");
    }

    @Test
    void imageListWhenItIsEmptyOrMalformedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.imageList("app", List.of()))
                .withMessage("the list of images 'app' is empty; give at least one reference");
        assertThatExceptionOfType(ImageReferenceException.class)
                .isThrownBy(() -> builder.imageList("app", List.of("nginx:1.25", "No Image", "redis:7", "nginx:")))
                .withMessage("""
                        images/shim/app:2: 'No Image' is not an image reference: its repository 'No Image' has \
                        upper-case letters; write it in lower case
                        images/shim/app:4: 'nginx:' is not an image reference: its tag '' must be 1 to 128 letters, \
                        digits, '_', '.' or '-', and start with none of the last two; write REGISTRY/REPOSITORY:TAG, \
                        such as docker.io/library/nginx:1.25""")
                .satisfies(e -> {
                    assertThat(e.reference()).isEqualTo("No Image");
                    assertThat(e.parts())
                            .extracting(SealosException.Part::place)
                            .containsExactly("images/shim/app:2", "images/shim/app:4");
                });
    }

    @Test
    void buildWhenTheDirectoryIsNoneIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() ->
                        VirtualContext.builder().over(directory.resolve("gone")).build())
                .withMessage(directory.resolve("gone") + ": there is no such context directory; check the path");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> VirtualContext.builder().over(file).build())
                .withMessage(file + ": is not a directory; name the directory that contains the Kubefile");
    }

    @Test
    void bytesWhenChangedAfterwardsStayAsGiven() throws IOException {
        byte[] bytes = {'a'};
        VirtualContext context = builder.file("a", bytes).build();
        bytes[0] = 'b';

        assertThat(context.path().resolve("a")).hasContent("a");
    }

    @Test
    void contextWhenPrintedNamesItsDirectory() throws IOException {
        assertThat(builder.file("a", "").file("b", "").build()).hasToString("2 given files");
        assertThat(builder.over(directory).build()).hasToString("2 given files over " + directory);
    }

    @Test
    void scanWhenFilesAreGivenNamesTheirPaths() throws IOException {
        VirtualContext context = builder.manifest(
                        "app.yaml", "kind: Pod\nspec: {containers: [{image: 'nginx:1.25'}]}\n")
                .imageList("more", List.of("redis:7"))
                .build();

        assertThat(ImageScanner.builder().build().scan(context.path()).occurrences())
                .map(it -> it.file() + " " + it.reference())
                .containsExactly(
                        "manifests/app.yaml docker.io/library/nginx:1.25",
                        "images/shim/more docker.io/library/redis:7");
    }

    @Test
    void valuesWhenInAnotherFileSystemAreRefused() throws IOException {
        Path values = builder.file("values.yaml", "a: b").build().path().resolve("values.yaml");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChartValues.files(List.of(values)))
                .withMessage("the file of values 'values.yaml' is not on disk, where Helm reads it; write it to a file"
                        + " of the default file system");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChartScenario.builder("ha").values(values))
                .withMessage("the file of values 'values.yaml' is not on disk, where Helm reads it; write it to a file"
                        + " of the default file system");
    }
}
