package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An image of a layout or archive.
 *
 * @param names under which it is found
 * @param entry what stands for it: its descriptor in a layout, its object in the list of a docker-archive
 * @param platform an object with {@code os}, {@code architecture} and perhaps {@code variant}
 */
record Candidate(List<String> names, JsonNode entry, JsonNode platform) {
    String platformText() {
        return PlatformText.of(platform);
    }

    @Override
    public String toString() {
        return (names.isEmpty() ? "(no name)" : String.join(", ", names)) + " for " + platformText();
    }
}
