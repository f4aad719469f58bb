package io.sealos.oci.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealos.images.Digest;
import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.FileFailures;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Reads and writes the JSON text of a document. */
final class DocumentText {
    private static final int LARGEST = 64 << 20;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(200).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private DocumentText() {}

    /**
     * {@return the object in a text}
     *
     * @param kind the kind of document, such as {@code bill of materials}, which is the place in messages
     */
    static JsonNode object(String kind, String text) {
        if (text.length() > LARGEST) {
            throw new TrustDocumentException(
                    kind, "it has more than " + (LARGEST >> 20) + " Mi characters", "read it with another tool");
        }
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null || !node.isObject()) {
                throw new TrustDocumentException(kind, "it is not a JSON object", fix(kind));
            }
            return node;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? kind : kind + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw new TrustDocumentException(place, "it is not JSON", fix(kind));
        }
    }

    /** Throws an exception if a property does not have the expected text. */
    static void require(String kind, JsonNode object, String name, String expected) {
        String found = object.path(name).asText("");
        if (!found.equals(expected)) {
            String problem = found.isEmpty()
                    ? "it is missing, and must be '" + expected + "'"
                    : "it is '" + Printable.of(found) + "', and must be '" + expected + "'";
            throw new TrustDocumentException(kind + ": " + name, problem, fix(kind));
        }
    }

    static String fix(String kind) {
        return "use a " + kind + " that this library or a tool of the same format has written";
    }

    /** {@return a digest by its algorithm and hexadecimal digits; empty if it is neither SHA-256 nor SHA-512} */
    static Optional<Digest> digest(String algorithm, String hex) {
        try {
            return Optional.of(Digest.parse(algorithm + ":" + hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static void write(Path file, String text) throws IOException {
        RequiredPath.fileOrNothing(file, "name the file of the document");
        FileFailures.explained(file, () -> {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
            return file;
        });
    }
}
