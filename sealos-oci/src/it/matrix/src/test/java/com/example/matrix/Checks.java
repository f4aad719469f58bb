package com.example.matrix;

import static io.sealos.oci.testing.SealosAssertions.assertThat;
import static io.sealos.oci.testing.SealosAssertions.assertThatLayout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageScanner;
import io.sealos.layout.LayoutValidator;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.LayerCompression;
import io.sealos.oci.OciLayout;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checks of every environment, without a test framework. */
final class Checks {
    private static final Path APP = Path.of("..", "cluster", "app");
    private static final Path PLAIN = Path.of("..", "cluster", "plain");
    private static final boolean ENGINE = !Boolean.getBoolean("matrix.no-engine");
    private static final boolean ZSTD = Boolean.getBoolean("matrix.zstd");

    private Checks() {}

    public static void main(String[] args) throws IOException {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            all(registry, Files.createTempDirectory("matrix"));
        }
        System.out.println("checked");
    }

    static void all(InProcessRegistry registry, Path directory) throws IOException {
        assertThat(LayoutValidator.standard().validate(PLAIN).findings()).isEmpty();
        chart();
        build(registry, directory);
        zstd(registry, directory);
    }

    private static void chart() throws IOException {
        ImageInventory found = ImageScanner.builder().build().scan(APP);
        if (ENGINE) {
            assertThat(found.gaps()).isEmpty();
            assertThat(found.references()).hasToString("[registry.example/team/app:1.0]");
        } else {
            assertThat(found.gaps().get(0).message()).contains("there is no Helm engine");
        }
    }

    private static void build(InProcessRegistry registry, Path directory) throws IOException {
        registry.putImage("registry.example/team/app:1.0", "linux/amd64", "linux/arm64");
        OciLayout layout = OciLayout.directory(directory.resolve("out"));

        image(registry, directory, ENGINE ? APP : PLAIN).build().writeTo(layout);
        // The second time, the index that is there is read.
        image(registry, directory, ENGINE ? APP : PLAIN).build().writeTo(layout);

        assertThatLayout(directory.resolve("out")).hasImageCount(1);
        assertThat(ClusterImage.inspect(layout)).containsImages("registry.example/team/app:1.0");
    }

    private static void zstd(InProcessRegistry registry, Path directory) throws IOException {
        ClusterImageBuilder builder = image(registry, directory, PLAIN);
        if (!ZSTD) {
            assertThatThrownBy(() -> builder.compression(LayerCompression.ZSTD))
                    .hasMessage("layers cannot be compressed with zstd: zstd-jni is not on the class path;"
                            + " add com.github.luben:zstd-jni to the dependencies, or choose gzip");
            return;
        }
        builder.compression(LayerCompression.ZSTD)
                .build()
                .writeTo(OciLayout.directory(directory.resolve("zstd")));
        assertThatLayout(directory.resolve("zstd")).hasImageCount(1);
    }

    private static ClusterImageBuilder image(InProcessRegistry registry, Path directory, Path context) {
        return ClusterImage.builder()
                .context(context)
                .tag("registry.example/team/app-cluster:1.0")
                .registryAccess(registry.access())
                .contentStore(directory.resolve("store"));
    }
}
