package io.sealos.oci.internal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Compares a manifest with its configuration and both with the layers. */
final class ManifestCheck {
    private final Findings findings;
    private final BlobCheck blobs;

    ManifestCheck(Findings findings, BlobCheck blobs) {
        this.findings = findings;
        this.blobs = blobs;
    }

    /** Layers are read only where the manifest is new; its platform is compared each time. */
    void check(JsonNode manifest, JsonNode platform, String place, boolean withLayers) {
        if (manifest.path("schemaVersion").asInt() != 2) {
            findings.mismatch(place, "schemaVersion is not 2");
        }
        if (!manifest.path("layers").isArray()) {
            findings.mismatch(place, "has no list 'layers'");
        }
        Path configBlob = blobs.sound(manifest.path("config"), place + ", config");
        JsonNode config = configBlob == null ? null : blobs.document(configBlob, place + ", config");
        if (config == null) {
            return;
        }
        checkPlatform(config, platform, place);
        if (withLayers) {
            findings.countImage();
            checkHistory(config, manifest.path("layers").size(), place);
            layers(manifest.path("layers"), config.path("rootfs").path("diff_ids"), place);
        }
    }

    private void checkPlatform(JsonNode config, JsonNode platform, String place) {
        for (String key : new String[] {"os", "architecture"}) {
            String found = config.path(key).asText("");
            if (found.isEmpty()) {
                findings.mismatch(place + ", config", "has no '" + key + "'");
            }
            String said = platform.path(key).asText(found);
            if (!said.equals(found)) {
                findings.mismatch(
                        place, "the configuration says " + key + " " + found + ", the descriptor says " + said);
            }
        }
    }

    private void checkHistory(JsonNode config, int layers, String place) {
        JsonNode history = config.path("history");
        int filled = 0;
        for (JsonNode entry : history) {
            filled += entry.path("empty_layer").asBoolean(false) ? 0 : 1;
        }
        if (!history.isEmpty() && filled != layers) {
            findings.mismatch(place + ", config", "the history has " + filled + " layers, the manifest has " + layers);
        }
    }

    private void layers(JsonNode layers, JsonNode diffIds, String place) {
        if (layers.size() != diffIds.size()) {
            findings.mismatch(
                    place,
                    "has " + layers.size() + " layers, but the configuration has " + diffIds.size() + " diffIDs");
        }
        for (int i = 0; i < layers.size(); i++) {
            String here = place + ", layer " + (i + 1);
            Path blob = blobs.sound(layers.get(i), here);
            if (blob != null) {
                findings.countLayer();
                String mediaType = layers.get(i).path("mediaType").asText("");
                new LayerCheck(findings, here)
                        .check(blob, mediaType, diffIds.path(i).asText("nothing"));
            }
        }
    }
}
