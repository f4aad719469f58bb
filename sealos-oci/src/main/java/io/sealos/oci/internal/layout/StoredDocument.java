package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;

/** A manifest or a configuration with its exact bytes. Immutable. */
public final class StoredDocument {
    private final String mediaType;
    private final byte[] bytes;

    public StoredDocument(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    String mediaType() {
        return mediaType;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    public Digest digest() {
        return Digests.sha256(bytes);
    }

    public long size() {
        return bytes.length;
    }
}
