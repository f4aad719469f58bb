package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.recipe.BaseHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the diffIDs of layers, and the instructions that created them, from a configuration. */
final class LayerHistory {
    private final List<Digest> diffIds = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();

    LayerHistory(StoredFiles files, JsonNode config, int layers) throws IOException {
        Blobs blobs = new Blobs(files);
        for (JsonNode diffId : config.path("rootfs").path("diff_ids")) {
            diffIds.add(blobs.digest(diffId.asText(""), "a diffID of the configuration"));
        }
        if (diffIds.size() != layers) {
            throw files.broken(
                    "the configuration",
                    "has " + Count.of(diffIds.size(), "diffID") + " for " + Count.of(layers, "layer"));
        }
        for (JsonNode step : config.path("history")) {
            if (!step.path("empty_layer").asBoolean(false)) {
                descriptions.add(step.path("created_by").asText(""));
            }
        }
    }

    /** {@return the history if it has an entry for each layer, otherwise one generated entry for each layer} */
    static List<BaseHistory> of(JsonNode config, int layers, String image) {
        List<BaseHistory> history = new ArrayList<>();
        config.path("history").forEach(step -> history.add(step(step)));
        long described = history.stream().filter(step -> !step.emptyLayer()).count();
        return described == layers
                ? history
                : Collections.nCopies(layers, new BaseHistory("", "FROM " + image, "", "", false));
    }

    private static BaseHistory step(JsonNode step) {
        return new BaseHistory(
                step.path("created").asText(""),
                step.path("created_by").asText(""),
                step.path("author").asText(""),
                step.path("comment").asText(""),
                step.path("empty_layer").asBoolean(false));
    }

    Digest diffId(int layer) {
        return diffIds.get(layer);
    }

    String description(int layer) {
        return layer < descriptions.size() ? descriptions.get(layer) : "";
    }
}
