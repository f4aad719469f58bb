package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.ImageFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a configuration says about the layers: their diffIDs, and the instruction that made each. */
final class LayerHistory {
    private final List<Digest> diffIds = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();

    LayerHistory(ImageFiles files, JsonNode config, int layers) throws IOException {
        Blobs blobs = new Blobs(files);
        for (JsonNode diffId : config.path("rootfs").path("diff_ids")) {
            diffIds.add(blobs.digest(diffId.asText(""), "a diffID of the configuration"));
        }
        if (diffIds.size() != layers) {
            throw files.broken("the configuration", "has " + diffIds.size() + " diffIDs for " + layers + " layers");
        }
        for (JsonNode step : config.path("history")) {
            if (!step.path("empty_layer").asBoolean(false)) {
                descriptions.add(step.path("created_by").asText(""));
            }
        }
    }

    Digest diffId(int layer) {
        return diffIds.get(layer);
    }

    String description(int layer) {
        return layer < descriptions.size() ? descriptions.get(layer) : "";
    }
}
