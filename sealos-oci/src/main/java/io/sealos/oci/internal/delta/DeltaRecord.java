package io.sealos.oci.internal.delta;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.json.PrettyJson;
import io.sealos.oci.internal.read.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the full image of a delta image for one platform, and the entries that its layers have in addition.
 *
 * @param index the index of the full image; empty if it has one platform
 * @param manifest the manifest of the full image
 * @param config the configuration of the full image
 * @param inserts the entries that were left out of each layer, the lowest layer first
 */
public record DeltaRecord(Optional<String> index, String manifest, String config, List<List<TarInsert>> inserts) {
    private static final int VERSION = 1;
    /** The size in bytes of the largest record that is read. */
    private static final int MAX_BYTES = 256 << 20;

    public DeltaRecord {
        inserts = inserts.stream().map(List::copyOf).toList();
    }

    /** {@return the content of the file} */
    public byte[] bytes() {
        return PrettyJson.object(json -> {
                    json.writeNumberField("version", VERSION);
                    if (index.isPresent()) {
                        json.writeStringField("index", index.get());
                    }
                    json.writeStringField("manifest", manifest);
                    json.writeStringField("config", config);
                    PrettyJson.objects(
                            json,
                            "layers",
                            inserts,
                            (out, layer) -> PrettyJson.objects(out, "entries", layer, DeltaRecord::write));
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, TarInsert insert) throws IOException {
        json.writeNumberField("at", insert.at());
        json.writeStringField("header", insert.header());
        Digest blob = insert.blob();
        if (blob != null) {
            json.writeStringField("blob", blob.toString());
            json.writeNumberField("size", insert.size());
        }
    }

    /**
     * {@return the record in a file of an image}
     *
     * @throws IOException if the file is not of this form; the message begins with a verb
     */
    public static DeltaRecord read(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("is larger than " + MAX_BYTES + " bytes");
        }
        JsonNode json = Documents.object(bytes);
        if (json.path("version").asInt() != VERSION) {
            throw new IOException("is not of version " + VERSION + "; use a newer version of this library");
        }
        List<List<TarInsert>> inserts = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
            inserts.add(inserts(layer));
        }
        String index = json.path("index").asText("");
        return new DeltaRecord(
                Optional.of(index).filter(text -> !text.isEmpty()),
                json.path("manifest").asText(""),
                json.path("config").asText(""),
                inserts);
    }

    private static List<TarInsert> inserts(JsonNode layer) throws IOException {
        List<TarInsert> inserts = new ArrayList<>();
        for (JsonNode entry : layer.path("entries")) {
            inserts.add(new TarInsert(
                    entry.path("at").asLong(-1),
                    entry.path("header").asText(""),
                    entry.has("blob") ? digest(entry.path("blob").asText("")) : null,
                    Math.max(0, entry.path("size").asLong())));
        }
        return inserts;
    }

    private static @Nullable Digest digest(String text) throws IOException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("has a blob without a digest: " + e.getMessage(), e);
        }
    }
}
