package io.sealos.oci.internal.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image on which a stage is based, or from which a stage copies.
 *
 * @param name its name in messages
 * @param manifest the digest of its manifest; null if it has none
 * @param config its stored configuration
 * @param layers its layers, the lowest first
 * @param history its history, with one entry that is not empty for each layer
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
