package io.sealos.oci;

/** How the images that a build saves are spread over layers. The files of the image are the same either way. */
public enum RegistryLayering {
    /** They lie in the layer of the instruction that copies them: few layers, which change when any image does. */
    ONE_LAYER,

    /**
     * Each image has a layer of its own, and so has what the same images share: when one image changes, the layers of
     * the others stay, and registries and engines that have them do not transfer them again. Engines take only so many
     * layers: more than 100 of one instruction are put together, always in the same way.
     */
    PER_IMAGE
}
