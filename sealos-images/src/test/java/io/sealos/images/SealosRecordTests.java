package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the images and archives that sealos lists, saves and requests with a record of the results of its own code.
 */
class SealosRecordTests {
    @TempDir
    private Path context;

    static Stream<JsonNode> images() throws IOException {
        return records("images.jsonl").stream();
    }

    static Stream<JsonNode> names() throws IOException {
        return records("names.jsonl").stream();
    }

    @Test
    void readsAllRecordsWhenAsked() throws IOException {
        assertThat(records("images.jsonl")).hasSize(180);
        assertThat(records("names.jsonl")).hasSize(91);
    }

    @ParameterizedTest
    @MethodSource("images")
    void listsWhatSealosListsWhenContextIsScanned(JsonNode record) throws IOException {
        layOut(record);
        SealosCompat compat = ImageScanner.builder().build().scan(context).sealosCompat();
        JsonNode expected = record.get("expected");
        assertThat(compat.isEndless())
                .as("endless")
                .isEqualTo(!expected.get("ends").asBoolean());
        if (compat.isEndless()) {
            assertThat(compat.failures())
                    .anyMatch(it -> it.endsWith("it is a directory, and sealos reads it for ever"));
            return;
        }
        assertThat(compat.images()).isEqualTo(texts(expected.get("images")));
        assertThat(compat.archives()).isEqualTo(texts(expected.get("tars")));
        if (expected.hasNonNull("images_error") || expected.hasNonNull("tars_error")) {
            assertThat(compat.failures()).isNotEmpty();
        }
        if (expected.hasNonNull("tars_error")) {
            String line = expected.get("tars_error").get("line").asText();
            assertThat(compat.failures()).anyMatch(it -> it.contains(": '" + line + "' "));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void savesAndAsksWhereSealosDoesWhenNameIsListed(JsonNode record) {
        String ref = record.get("ref").asText();
        boolean archive = record.get("origin").asText().equals("tar.txt");
        SealosPlace place = archive ? SealosPlace.ofArchive(ref) : SealosPlace.ofImage(ref);
        JsonNode saved = record.get("saved");
        assertThat(place.refusal().isPresent()).as(place.toString()).isEqualTo(record.hasNonNull("refused"));
        if (saved.isNull()) {
            assertThat(place.path()).isEmpty();
        } else {
            assertThat(place.repository()).hasValue(saved.get("repository").asText());
            assertThat(place.reference()).hasValue(saved.get("reference").asText());
            assertThat(place.path()).hasValue(saved.get("path").asText());
        }
        assertAsked(place, record.get("shim"));
    }

    /** A node asks no further once it has the manifest. */
    private static void assertAsked(SealosPlace place, JsonNode shim) {
        List<String> asked = texts(shim.get("asked"));
        assertThat(place.asked().subList(0, asked.size())).isEqualTo(asked);
        if (shim.has("asks_for_saved")) {
            assertThat(place.isAskedFor()).isEqualTo(shim.get("asks_for_saved").asBoolean());
            assertThat(place.image().contains("@sha256:") || place.asked().equals(asked))
                    .isTrue();
        } else if (shim.has("with_nothing")) {
            assertThat(place.asked()).isEqualTo(texts(shim.get("with_nothing").get("asked")));
        } else {
            assertThat(place.asked()).isEqualTo(asked);
            assertThat(place.isAskedFor()).isEqualTo(shim.hasNonNull("resolves"));
        }
    }

    private void layOut(JsonNode record) throws IOException {
        for (Map.Entry<String, JsonNode> file : properties(record, "files")) {
            Files.createDirectories(
                    Objects.requireNonNull(context.resolve(file.getKey()).getParent()));
            Files.writeString(context.resolve(file.getKey()), file.getValue().asText());
        }
        for (String directory : texts(record.path("folders"))) {
            Files.createDirectories(context.resolve(directory));
        }
        for (Map.Entry<String, JsonNode> link : properties(record, "links")) {
            Files.createDirectories(
                    Objects.requireNonNull(context.resolve(link.getKey()).getParent()));
            Files.createSymbolicLink(
                    context.resolve(link.getKey()), Path.of(link.getValue().asText()));
        }
    }

    private static List<Map.Entry<String, JsonNode>> properties(JsonNode record, String field) {
        return new ArrayList<>(record.path(field).properties());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(it -> texts.add(it.asText().replace("DIR/", "")));
        return texts;
    }

    private static List<JsonNode> records(String file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> records = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SealosRecordTests.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(mapper.readTree(line));
            }
        }
        return records;
    }
}
