package io.sealos.oci.internal.trust.attach;

import io.sealos.images.Digest;

/**
 * The manifest or index to which a document is attached.
 *
 * @param mediaType the media type of the manifest
 * @param digest the digest of the manifest
 * @param size the size of the manifest in bytes
 */
public record Subject(String mediaType, Digest digest, long size) {
    /** {@return the tag for the list of the documents, at registries without the API of referrers} */
    public String referrersTag() {
        return digest.algorithm() + "-" + digest.hex();
    }

    /** {@return the tag under which cosign stores the signatures} */
    public String signatureTag() {
        return referrersTag() + ".sig";
    }
}
