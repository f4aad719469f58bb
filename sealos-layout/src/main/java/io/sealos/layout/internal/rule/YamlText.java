package io.sealos.layout.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;

/** Reads the YAML of small files, such as Chart.yaml, for rules. */
final class YamlText {
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private YamlText() {}

    /**
     * {@return the first document of a text; a missing node if the text has none}
     *
     * @throws IOException if the text is not valid YAML
     */
    static JsonNode first(String text) throws IOException {
        JsonNode document = MAPPER.readTree(text);
        return document == null ? MissingNode.getInstance() : document;
    }

    /**
     * {@return all documents of a text}
     *
     * @throws IOException if the text is not valid YAML
     */
    static List<JsonNode> all(String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                MAPPER.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        }
    }
}
