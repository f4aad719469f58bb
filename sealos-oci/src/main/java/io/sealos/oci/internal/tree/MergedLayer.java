package io.sealos.oci.internal.tree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a merged image.
 *
 * @param image the position of the image that has the layer; {@link #NONE} for a layer that no image has
 * @param number the number of the layer in that image, from 0
 * @param kept the layer, which is copied unchanged; empty if it is written
 * @param written the files of the layer that is written; empty if it is copied
 */
public record MergedLayer(int image, int number, Optional<ScannedLayer> kept, Optional<PlannedStep> written) {
    public static final int NONE = -1;

    static MergedLayer added(PlannedStep step) {
        return new MergedLayer(NONE, 0, Optional.empty(), Optional.of(step));
    }

    /** {@return a layer of an image, which is written if it was changed} */
    static MergedLayer of(int image, int number, ScannedLayer layer, @Nullable TreeNode changed) {
        return changed == null
                ? new MergedLayer(image, number, Optional.of(layer), Optional.empty())
                : new MergedLayer(
                        image,
                        number,
                        Optional.empty(),
                        Optional.of(new PlannedStep(layer.description(), null, changed)));
    }
}
