package io.sealos.oci;

/** How saved images are distributed over layers. The files of the image do not depend on it. */
public enum RegistryLayering {
    /**
     * All images are in the layer of the instruction that copies them: few layers, which change when any image does.
     */
    ONE_LAYER,

    /**
     * Each image has a layer of its own, and so have the blobs that the same images share. When an image changes, the
     * layers of the others stay, and registries and engines that have them do not transfer them again. Because engines
     * limit the number of layers, more than 100 of one instruction are merged, always in the same way.
     */
    PER_IMAGE
}
