package io.sealos.oci.internal.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/** Reads the JSON documents of images: objects of limited size without duplicate keys. */
public final class Documents {
    /** The maximum size of a document in bytes, which is also the maximum size of a manifest at registries. */
    public static final int MAX_BYTES = 4 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Documents() {}

    /** Reads the bytes of a document. */
    public static byte[] bytes(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("is larger than " + MAX_BYTES + " bytes, which no document of an image is");
        }
        return bytes;
    }

    /** Parses an object. */
    public static JsonNode object(byte[] bytes) throws IOException {
        JsonNode document = parse(bytes);
        if (!document.isObject()) {
            throw new IOException("is not a JSON object");
        }
        return document;
    }

    /** Parses an object or array. */
    public static JsonNode parse(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            // The rest of Jackson's message quotes the content, which may be confidential.
            throw new IOException("cannot be read as JSON: line " + line(e) + " is not as it has to be");
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }
}
