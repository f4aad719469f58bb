package io.sealos.oci.internal.verify;

/**
 * A place at which an image or artifact refers to a layer or another large blob.
 *
 * @param isLayer whether it is a layer of an image
 * @param mediaType the media type that its descriptor says; empty if it is not compared
 * @param diffId the diffID that the configuration says; empty if the blob is not unpacked
 */
record LayerUse(String place, boolean isLayer, String mediaType, String diffId) {
    boolean isUnpacked() {
        return !diffId.isEmpty();
    }

    /** {@return the algorithm of the diffID} */
    String algorithm() {
        return diffId.startsWith("sha512:") ? "sha512" : "sha256";
    }
}
