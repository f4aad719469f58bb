package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLayeringTests {
    @TempDir
    Path directory;

    private Path context;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        Files.createDirectories(context.resolve("registry/docker"));
        Files.writeString(context.resolve("registry/docker/note"), "of the context");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\nCOPY Kubefile .\n");
    }

    @Test
    void writeToWhenOneImageOfFiftyChangesChangesLittle() throws IOException {
        BuildResult before = build("before", RegistryLayering.PER_IMAGE, 50, -1);
        BuildResult after = build("after", RegistryLayering.PER_IMAGE, 50, 7);

        Set<String> known = new HashSet<>();
        before.layers().forEach(layer -> known.add(layer.digest().toString()));
        long all = bytes(after.layers());
        long changed = bytes(after.layers().stream()
                .filter(layer -> !known.contains(layer.digest().toString()))
                .toList());
        assertThat(changed).isPositive().isLessThanOrEqualTo(all / 20);
        OciLayoutVerifier.verify(directory.resolve("after")).orThrow();
    }

    @Test
    void writeToWhenImagesHaveLayersOfTheirOwnHasTheSameFiles() throws IOException {
        BuildResult one = build("one", RegistryLayering.ONE_LAYER, 12, -1);
        BuildResult many = build("many", RegistryLayering.PER_IMAGE, 12, -1);

        assertThat(one.layers()).hasSize(2);
        assertThat(many.layers()).hasSizeGreaterThan(12);
        assertThat(files("many", many)).isEqualTo(files("one", one));
        assertThat(RegistryVerifier.verify(OciLayout.directory(directory.resolve("many")))
                        .problems())
                .isEmpty();
    }

    @Test
    void writeToWhenThereAreVeryManyImagesStaysBelowTheLimitOfEngines() throws IOException {
        BuildResult many = build("many", RegistryLayering.PER_IMAGE, 85, -1);

        assertThat(many.layers()).hasSizeLessThanOrEqualTo(103);
        OciLayoutVerifier.verify(directory.resolve("many")).orThrow();
    }

    /** All share one layer, each five share one, and each has two of its own. */
    private BuildResult build(String name, RegistryLayering layering, int images, int changed) throws IOException {
        ClusterImageBuilder builder = ClusterImage.builder()
                .context(context)
                .tag("acme/cluster:1")
                .contentStore(directory.resolve("store"))
                .compression(LayerCompression.NONE)
                .registryLayering(layering);
        for (int i = 0; i < images; i++) {
            int seed = i == changed ? 9999 : i;
            LayeredImage image = new LayeredImage(List.of(
                    LayeredImage.noise(-1, 40_000),
                    LayeredImage.noise(-2 - i / 5, 20_000),
                    LayeredImage.noise(seed * 2L, 16_000),
                    LayeredImage.noise(seed * 2L + 1, 16_000)));
            builder.image("ghcr.io/acme/app" + i + ":1", MadeImage.of(image::writeTo));
        }
        return builder.build().writeTo(OciLayout.directory(directory.resolve(name)));
    }

    private static long bytes(List<BuildLayer> layers) {
        return layers.stream().mapToLong(BuildLayer::size).sum();
    }

    /** Returns the files of all layers, applied in order, with type, mode, size and content. */
    private Map<String, String> files(String layout, BuildResult result) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (BuildLayer layer : result.layers()) {
            Path blob = directory
                    .resolve(layout)
                    .resolve("blobs/sha256")
                    .resolve(layer.digest().hex());
            try (InputStream tar = Files.newInputStream(blob)) {
                TarEntries entries = new TarEntries(tar);
                for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
                    String content =
                            Digests.sha256(entries.content().readAllBytes()).hex();
                    files.put(
                            entry.name(),
                            entry.type() + " " + entry.mode() + " " + entry.uid() + " " + entry.size() + " " + content);
                }
            }
        }
        return files;
    }
}
