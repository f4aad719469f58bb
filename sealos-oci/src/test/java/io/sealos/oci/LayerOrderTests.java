package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layers of the plan and of the written image, in the order that {@code LayerOrder} decides. */
class LayerOrderTests {
    private static final String CHARTS = "COPY charts charts\n";
    private static final String MANIFESTS = "COPY manifests manifests\n";
    private static final String REGISTRY = "COPY registry registry\n";

    @TempDir
    Path directory;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        context = directory.resolve("context");
        write("charts/a.txt", "a");
        write("charts/b/b.txt", "b");
        write("more/a.txt", "other");
        write("more/c.txt", "c");
        write("manifests/config.yaml", "kind: ConfigMap\n");
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private ClusterImage image(String kubefile) throws IOException {
        return builder(kubefile).build();
    }

    private ClusterImageBuilder builder(String kubefile) throws IOException {
        write("Kubefile", "FROM scratch\n" + kubefile);
        LayeredImage saved = new LayeredImage(List.of(LayeredImage.noise(1, 4_000)));
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .image("ghcr.io/acme/app:1", MadeImage.of(saved::writeTo));
    }

    /** Writes an image, and returns the instructions of its layers if they are those of the plan. */
    private List<String> layers(ClusterImage image, String name) throws IOException {
        BuildResult done = image.writeTo(OciLayout.directory(directory.resolve(name)));
        OciLayoutVerifier.verify(directory.resolve(name)).orThrow();
        List<String> written = new ArrayList<>();
        for (JsonNode step : flat(name).document().path("history")) {
            if (!step.path("empty_layer").asBoolean()) {
                written.add(step.path("created_by").asText());
            }
        }
        assertThat(written).hasSameSizeAs(done.layers());
        assertThat(image.plan().layers()).map(PlannedLayer::instruction).isEqualTo(written);
        return written.stream()
                .map(one -> one.replaceFirst(".*:[0-9]+: ", "") + "\n")
                .toList();
    }

    private FlattenedImage flat(String name) throws IOException {
        return FlattenedImage.of(directory.resolve(name));
    }

    @Test
    void writeToWhenStepsBringFilesHasALayerForEachInTheirOrder() throws IOException {
        assertThat(layers(image(CHARTS + MANIFESTS + "CMD [\"true\"]\n" + REGISTRY), "first"))
                .containsExactly(CHARTS, MANIFESTS, REGISTRY);
        assertThat(layers(image(REGISTRY + MANIFESTS + CHARTS), "last")).containsExactly(REGISTRY, MANIFESTS, CHARTS);

        assertThat(flat("first").files()).isEqualTo(flat("last").files()).containsKey("charts/b/b.txt");
    }

    @Test
    void writeToWhenALaterStepBringsTheSamePathHasItsFile() throws IOException {
        String later = "COPY more charts\n";

        assertThat(layers(image(CHARTS + later + MANIFESTS), "replaced")).containsExactly(CHARTS, later, MANIFESTS);
        assertThat(layers(image(later + CHARTS + MANIFESTS), "original")).containsExactly(later, CHARTS, MANIFESTS);

        assertThat(flat("replaced").files().get("charts/a.txt"))
                .isNotEqualTo(flat("original").files().get("charts/a.txt"));
    }

    @Test
    void writeToWhenSavedImagesLieInTheContextHasTheSameFiles() throws IOException {
        assertThat(layers(image(REGISTRY + CHARTS), "saved")).containsExactly(REGISTRY, CHARTS);

        builder(CHARTS).build().saveRegistry(context.resolve("registry"));
        Files.delete(context.resolve("registry/docker/registry/saved-files"));
        ClusterImage onDisk = builder(REGISTRY + CHARTS).saveImages(false).build();
        assertThat(layers(onDisk, "disk")).containsExactly(REGISTRY, CHARTS);
        assertThat(flat("disk").files()).isEqualTo(flat("saved").files());
    }
}
