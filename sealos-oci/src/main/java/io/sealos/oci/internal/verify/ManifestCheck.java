package io.sealos.oci.internal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.StoredFiles.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a manifest with its configuration, and both of them with the layers. */
final class ManifestCheck {
    private static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);
    private static final String SIGNATURE = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final List<String> PLATFORM = List.of("os", "architecture");
    private static final String VARIANT = "variant";

    private final Findings findings;
    private final BlobCheck blobs;

    ManifestCheck(Findings findings, BlobCheck blobs) {
        this.findings = findings;
        this.blobs = blobs;
    }

    /** {@return the platform of the configuration; a missing node if it is not the configuration of an image} */
    JsonNode check(JsonNode manifest, JsonNode platform, String place) {
        if (manifest.path("schemaVersion").asInt() != 2) {
            findings.mismatch(place, "schemaVersion is not 2");
        }
        if (!manifest.path("layers").isArray()) {
            findings.mismatch(place, "has no list 'layers'");
        }
        Optional<Stored> configBlob = blobs.sound(manifest.path("config"), place + ", config");
        if (!CONFIGS.contains(manifest.path("config").path("mediaType").asText("")) || isSignature(manifest)) {
            findings.note(place, "is not an image, so only digests and sizes are checked");
            manifest.path("layers").forEach(blob -> blobs.add(blob, new LayerUse(place + ", blob", false, "", "")));
            return MissingNode.getInstance();
        }
        JsonNode config = configBlob.isEmpty() ? null : blobs.document(configBlob.get(), place + ", config");
        return config == null ? MissingNode.getInstance() : check(manifest, config, platform, place);
    }

    /** {@return whether a manifest has signatures of cosign, which calls their configuration that of an image} */
    private static boolean isSignature(JsonNode manifest) {
        return SIGNATURE.equals(
                manifest.path("layers").path(0).path("mediaType").asText(""));
    }

    private JsonNode check(JsonNode manifest, JsonNode config, JsonNode platform, String place) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        for (String key : PLATFORM) {
            said.put(key, config.path(key).asText(""));
            if (config.path(key).asText("").isEmpty()) {
                findings.mismatch(place + ", config", "has no '" + key + "'");
            }
        }
        if (config.has(VARIANT)) {
            said.put(VARIANT, config.path(VARIANT).asText(""));
        }
        checkPlatform(said, platform, place);
        findings.countImage();
        checkHistory(config, manifest.path("layers").size(), place);
        layers(manifest.path("layers"), config.path("rootfs").path("diff_ids"), place);
        return said;
    }

    /** Compares the platforms of a configuration and a descriptor, if both have one. */
    void checkPlatform(JsonNode config, JsonNode platform, String place) {
        for (String key : List.of("os", "architecture", VARIANT)) {
            String found = config.path(key).asText("");
            String said = platform.path(key).asText(found);
            if (config.has(key) && !said.equals(found)) {
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
            findings.mismatch(
                    place + ", config",
                    "the history has " + Count.of(filled, "layer") + ", the manifest has " + layers);
        }
    }

    private void layers(JsonNode layers, JsonNode diffIds, String place) {
        if (layers.size() != diffIds.size()) {
            findings.mismatch(
                    place,
                    "has " + Count.of(layers.size(), "layer") + ", but the configuration has "
                            + Count.of(diffIds.size(), "diffID"));
        }
        for (int i = 0; i < layers.size(); i++) {
            String here = place + ", layer " + (i + 1);
            String mediaType = layers.get(i).path("mediaType").asText("");
            String diffId = diffIds.path(i).asText("");
            String said = diffId.isEmpty() ? "nothing" : diffId;
            boolean isTar = mediaType.contains(".tar");
            blobs.add(layers.get(i), new LayerUse(here, true, isTar ? mediaType : "", isTar ? said : ""));
        }
    }
}
