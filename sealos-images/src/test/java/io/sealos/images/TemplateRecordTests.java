package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares rendered templates with a record of what sealos's own code renders. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateRecordTests {
    /** The record that reads the environment of the host at the site, which cannot be known. */
    private static final String OF_THE_HOST = "env of the host process";

    private final ObjectMapper mapper = new ObjectMapper();
    private ScanSession session = ImageScanner.builder().build().openSession();

    @TempDir
    Path context;

    static List<JsonNode> records() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> records = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        TemplateRecordTests.class.getResourceAsStream("/io/sealos/internal/template/templates.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(mapper.readTree(line));
            }
        }
        return records;
    }

    @AfterAll
    void closeSession() {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("records")
    void rendersLikeSealosWhenRecorded(JsonNode record) throws IOException {
        Path directory =
                Files.createDirectories(context.resolve(record.get("name").asText()));
        Map<String, String> files = texts(record.get("files"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.createDirectories(directory.resolve(file.getKey()).getParent());
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        JsonNode expected = record.get("expected");
        Map<String, String> written = new LinkedHashMap<>();
        String failed = "";
        for (RenderedTemplate it : session.scanner().renderTemplates(directory, texts(record.get("env")))) {
            if (failed.isEmpty() && it.failure().isPresent()) {
                failed = it.template();
            } else if (failed.isEmpty()) {
                written.put(it.path(), it.text().orElseThrow());
            }
        }

        if (record.get("name").asText().equals(OF_THE_HOST)) {
            assertThat(failed).isEqualTo("etc/x.conf.tmpl");
            return;
        }
        assertThat(failed).isEqualTo(expected.get("error").path("file").asText());
        Map<String, String> whole = texts(expected.get("files"));
        whole.remove(failed.replaceAll("\\.tmpl$", ""));
        assertThat(written).containsExactlyInAnyOrderEntriesOf(whole);
    }

    private Map<String, String> texts(JsonNode object) {
        return mapper.convertValue(object, new TypeReference<LinkedHashMap<String, String>>() {});
    }
}
