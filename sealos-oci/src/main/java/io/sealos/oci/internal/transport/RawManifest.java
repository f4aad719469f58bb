package io.sealos.oci.internal.transport;

import io.sealos.images.Digest;

/** A manifest or index, byte for byte as it was served, with the digest of exactly these bytes. */
public final class RawManifest {
    private final byte[] bytes;
    private final String mediaType;
    private final Digest digest;

    public RawManifest(byte[] bytes, String mediaType, Digest digest) {
        this.bytes = bytes.clone();
        this.mediaType = mediaType;
        this.digest = digest;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The media type that the server named; empty where it named none. */
    public String mediaType() {
        return mediaType;
    }

    public Digest digest() {
        return digest;
    }
}
