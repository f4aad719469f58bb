package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against recorded contexts that install their charts with values; skipped where the records are not at hand. */
class ValuesConformanceTests {
    @AutoClose
    private static final ScanSession SESSION = ImageScanner.builder().build().openSession();

    @TempDir
    private Path contexts;

    @Test
    void findsExactlyTheRecordedReferencesWhenCommandsGiveValues() throws IOException {
        Path records = ConformanceScore.records().orElse(null);
        assumeTrue(records != null, "no recorded contexts");
        Map<String, Set<String>> wanted = new TreeMap<>();
        Map<String, Set<String>> found = new TreeMap<>();
        for (String line : Files.readAllLines(records.resolve("values.jsonl"))) {
            JsonNode record = new ObjectMapper().readTree(line);
            String id = record.get("id").asText();
            wanted.put(id, names(record.get("references")));
            found.put(id, scan(contexts.resolve(id), record.get("files")));
        }
        assertThat(found).isEqualTo(wanted);
    }

    private static Set<String> names(JsonNode references) {
        Set<String> names = new TreeSet<>();
        references.forEach(it -> names.add(ImageReference.parse(it.asText()).toString()));
        return names;
    }

    private static Set<String> scan(Path context, JsonNode files) throws IOException {
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            Path path = context.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().asText());
        }
        ImageInventory inventory = SESSION.scanner().scan(context);
        assertThat(inventory.problems()).isEmpty();
        Set<String> names = new TreeSet<>();
        inventory.references().forEach(it -> names.add(it.toString()));
        return names;
    }
}
