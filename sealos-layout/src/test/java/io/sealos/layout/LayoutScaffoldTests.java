package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.ImageType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutScaffoldTests {
    @TempDir
    Path directory;

    @Test
    void createWhenValidatedHasNoFinding() throws IOException {
        List<LayoutScaffold> scaffolds = List.of(
                LayoutScaffold.chart("my-app"),
                LayoutScaffold.manifests("my-app"),
                LayoutScaffold.rootfs("v1.31.0"),
                LayoutScaffold.patch());
        for (LayoutScaffold scaffold : scaffolds) {
            Path target = directory.resolve("scaffold-" + scaffolds.indexOf(scaffold));
            scaffold.create(target);

            assertThat(LayoutValidator.standard().validate(open(target)).findings())
                    .as(scaffold.paths().toString())
                    .isEmpty();
            assertThat(scaffold.paths())
                    .allSatisfy(path -> assertThat(target.resolve(path)).isRegularFile());
        }
    }

    @Test
    void createWhenOpenedIsOfItsType() throws IOException {
        LayoutScaffold.rootfs("v1.31.0").create(directory.resolve("rootfs"));
        LayoutScaffold.patch().create(directory.resolve("patch"));
        LayoutScaffold.chart("app").create(directory.resolve("app"));

        assertThat(open(directory.resolve("rootfs")).type()).contains(ImageType.ROOTFS);
        assertThat(open(directory.resolve("patch")).type()).contains(ImageType.PATCH);
        assertThat(open(directory.resolve("app")).type()).contains(ImageType.APPLICATION);
    }

    @Test
    void createWhenAFileIsThereWritesNothing() throws IOException {
        Files.createDirectories(directory.resolve("manifests"));
        Files.writeString(directory.resolve("manifests/app.yaml"), "mine");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> LayoutScaffold.manifests("app").create(directory))
                .withMessage(directory.resolve("manifests/app.yaml")
                        + ": already exists, and nothing was written; choose an empty directory");
        assertThat(directory.resolve("Kubefile")).doesNotExist();
        assertThat(directory.resolve("manifests/app.yaml")).hasContent("mine");
    }

    @Test
    void namesWhenHelmWouldRefuseThemAreRefused() {
        for (String name : List.of("", "App", "-app", "app-", "a/b", "..", "a".repeat(54))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LayoutScaffold.chart(name))
                    .withMessage(
                            "'" + name
                                    + "' is not a name of an application; write at most 53 of a-z, 0-9 and inner hyphens, such as my-app");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayoutScaffold.rootfs("1.31"))
                .withMessage("no version of Kubernetes: '1.31'; write it in full, such as v1.31.0");
    }

    private static ClusterImageLayout open(Path directory) throws IOException {
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.of("my-app", List.of(), List.of()))
                .build();
        return ClusterImageLayout.open(directory, BuildOptions.defaults(), scanner);
    }
}
