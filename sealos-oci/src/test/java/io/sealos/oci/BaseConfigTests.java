package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BaseConfigTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("io.sealos.oci.BaseConfigs#all")
    void writeToWhenBaseIsConfiguredInheritsIt(BaseConfigs.Case given) throws IOException {
        HandMadeLayout base = new HandMadeLayout(directory.resolve("base"));
        given.base().storeIn(base);
        Files.createDirectories(directory.resolve("context/registry"));

        BuildResult done = ClusterImage.builder()
                .context(directory.resolve("context"))
                .kubefile(io.sealos.kubefile.Kubefile.parse(given.kubefile()))
                .baseImage("labring/kubernetes:v1.24.0", OciLayout.directory(base.directory()))
                .saveImages(false)
                .build()
                .writeTo(OciLayout.directory(directory.resolve("out")));

        OciLayoutVerifier.verify(directory.resolve("out")).orThrow();
        JsonNode manifest = document(done.digest().hex());
        JsonNode config =
                document(manifest.path("config").path("digest").asText().substring(7));
        if (config.path("config").path("Labels") instanceof ObjectNode labels) {
            labels.remove("io.buildah.version");
        }
        assertThat(config.path("config")).isEqualTo(JSON.readTree(given.expected()));
        long described = 0;
        for (JsonNode step : config.path("history")) {
            described += step.path("empty_layer").asBoolean() ? 0 : 1;
        }
        assertThat(described).isEqualTo(manifest.path("layers").size());
    }

    private JsonNode document(String hex) throws IOException {
        return JSON.readTree(directory.resolve("out/blobs/sha256").resolve(hex).toFile());
    }
}
