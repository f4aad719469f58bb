package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.delta.TarInsert;
import java.util.List;

/**
 * A layer of a delta image.
 *
 * @param whole the layer of the full image, which has no file unless nothing was left out
 * @param kept the layer without the blobs that were left out
 * @param inserts the entries that were left out
 */
public record SplitLayer(LayerBlob whole, LayerBlob kept, List<TarInsert> inserts) {
    public SplitLayer {
        inserts = List.copyOf(inserts);
    }

    /** {@return a layer from which nothing is left out} */
    public static SplitLayer unchanged(LayerBlob layer) {
        return new SplitLayer(layer, layer, List.of());
    }
}
