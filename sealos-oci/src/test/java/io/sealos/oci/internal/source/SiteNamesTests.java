package io.sealos.oci.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares with what sealos and image-cri-shim were recorded to do with each name. */
class SiteNamesTests {
    /** Those of the module that knows names. */
    private static final Path RECORDS = Path.of("../sealos-images/src/test/resources/io/sealos/images/names.jsonl");

    @TempDir
    Path directory;

    @Test
    void ofWhenNameIsThatOfAnImageIsWhereSealosSavesItAndNodesAsk() throws IOException {
        int compared = 0;
        for (JsonNode name : names("registry")) {
            if (name.path("saved").isObject() && isReference(name)) {
                String path = SiteNames.repository(
                        ImageReference.parse(name.path("ref").asText()));
                assertThat(path)
                        .as(name.path("ref").asText())
                        .isEqualTo(name.path("saved").path("repository").asText());
                assertThat(name.path("shim").path("asked").path(0).asText()).startsWith("/v2/" + path + "/manifests/");
                compared++;
            }
        }
        assertThat(compared).isEqualTo(40);
    }

    @Test
    void tarListWhenItNamesAnImagePutsItWhereNodesAsk() throws IOException {
        int compared = 0;
        for (JsonNode name : names("tar.txt")) {
            String line = name.path("ref").asText();
            String asked = name.path("shim").path("asked").path(0).asText();
            if (name.path("saved").isObject() && !asked.isEmpty()) {
                String path = asked.substring("/v2/".length(), asked.indexOf("/manifests/"));
                assertThat(repositories(line)).as(line).contains(path);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(8);
    }

    private List<String> repositories(String line) throws IOException {
        Path archives = Files.createDirectories(directory.resolve("images/skopeo"));
        Files.writeString(archives.resolve("a.tar"), "x");
        Files.writeString(archives.resolve("tar.txt"), line);
        return TarList.read(directory).get(0).repositories();
    }

    /** An ID of an image is refused by Docker, too; sealos takes it for a name. */
    private static boolean isReference(JsonNode name) {
        try {
            ImageReference.parse(name.path("ref").asText());
            return true;
        } catch (ImageReferenceException e) {
            return false;
        }
    }

    private static List<JsonNode> names(String origin) throws IOException {
        List<JsonNode> names = new ArrayList<>();
        try (InputStream lines = Files.newInputStream(RECORDS)) {
            new ObjectMapper()
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(lines)
                    .forEachRemaining(names::add);
        }
        names.removeIf(name -> !name.path("origin").asText().equals(origin));
        return names;
    }
}
