package io.sealos.images.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.internal.yaml.DocumentReader.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentReaderTests {
    private static final int LONGEST = DocumentReader.MAX_DOCUMENT + DocumentReader.LAST_LINE;
    private static final String LINE = "a: b c\n";

    @Test
    void keepsEveryLineWhenDocumentIsLargerThanLimit() throws IOException {
        int lines = 2 * DocumentReader.MAX_DOCUMENT / LINE.length() + 10;
        List<Document> parts = read(LINE.repeat(lines) + "---\nlast: 1\n");
        assertThat(parts).extracting(Document::whole).containsExactly(false, false, false, true);
        assertThat(parts).extracting(Document::continued).containsExactly(false, true, true, false);
        assertThat(parts.stream().limit(3).mapToLong(it -> it.text().length()).sum())
                .isEqualTo((long) lines * LINE.length());
        assertThat(parts.get(3)).isEqualTo(new Document("---\nlast: 1\n", lines + 1, true, false));
        assertThat(parts.get(1).firstLine()).isEqualTo(1 + parts.get(0).text().length() / LINE.length());
    }

    @Test
    void dropsOnlyTheEndOfALineWhenLineIsLongerThanLimit() throws IOException {
        List<Document> parts = read("x".repeat(LONGEST + 5) + "\ny\n");
        assertThat(parts).extracting(it -> it.text().length()).containsExactly(LONGEST + 1, 2);
        assertThat(parts).extracting(Document::firstLine).containsExactly(1, 2);
        assertThat(parts).extracting(Document::whole).containsOnly(false);
    }

    @Test
    void goesOnWithTheNextDocumentWhenOneIsCutAtItsEnd() throws IOException {
        String large = "x".repeat(DocumentReader.MAX_DOCUMENT) + "\n";
        assertThat(read(large + "---\nlast: 1\n"))
                .containsExactly(new Document(large, 1, false, false), new Document("---\nlast: 1\n", 2, true, false));
        assertThat(read(large + "--- " + "x".repeat(LONGEST) + "\ny\n"))
                .extracting(Document::firstLine)
                .containsExactly(1, 2);
    }

    @Test
    void cutsAtMarkersWhenStreamHasSeveralDocuments() throws IOException {
        assertThat(read("\uFEFFa\n--- # x\nb\n...\n%YAML 1.2\n---\nc\n---d\n..e\n"))
                .containsExactly(
                        new Document("a\n", 1, true, false),
                        new Document("--- # x\nb\n...\n", 2, true, false),
                        new Document("%YAML 1.2\n---\nc\n---d\n..e\n", 5, true, false));
    }

    @Test
    void cutsAtMarkersWhenCommentFollowsWithoutSpace() throws IOException {
        assertThat(read("---# a\na: 1\n---#b\r\nb: 2\n---\t# c\nc: 3\n...# d\n---d\n"))
                .containsExactly(
                        new Document("--- # a\na: 1\n", 1, true, false),
                        new Document("--- #b\r\nb: 2\n", 3, true, false),
                        new Document("---\t# c\nc: 3\n...# d\n---d\n", 5, true, false));
    }

    @Test
    void hasNoDocumentWhenStreamIsEmpty() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("\uFEFF")).isEmpty();
    }

    private static List<Document> read(String text) throws IOException {
        DocumentReader reader = new DocumentReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<Document> all = new ArrayList<>();
        for (Document next = reader.next(); next != null; next = reader.next()) {
            all.add(next);
        }
        return all;
    }
}
