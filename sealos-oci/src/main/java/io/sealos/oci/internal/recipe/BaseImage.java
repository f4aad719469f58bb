package io.sealos.oci.internal.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that a stage starts from, or copies from.
 *
 * @param name as it is called in messages
 * @param manifest the digest of its manifest; null where it has none
 * @param config its configuration, as it is stored
 * @param layers the lowest first
 * @param history one entry that is not empty for each layer
 */
public record BaseImage(
        String name, @Nullable Digest manifest, JsonNode config, List<BaseLayer> layers, List<BaseHistory> history) {
    public BaseImage {
        layers = List.copyOf(layers);
        history = List.copyOf(history);
    }

    @Override
    public String toString() {
        return name;
    }
}
