package io.sealos.oci;

/**
 * The distribution of saved images over layers. It does not affect the files of the image.
 *
 * @since 0.1.0
 */
public enum RegistryLayering {
    /**
     * All images are in the layer of the instruction that copies them. There are few layers, and a change of any image
     * changes its layer.
     */
    ONE_LAYER,

    /**
     * Each image has a layer of its own, and blobs that several images share have further layers. When an image
     * changes, the layers of the other images stay the same and need not be transferred again. Because engines limit
     * the number of layers, an instruction creates at most 100 layers, over which further images are distributed in a
     * reproducible way.
     */
    PER_IMAGE
}
