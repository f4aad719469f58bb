package io.sealos.oci.internal.client;

import io.sealos.images.Digest;

/** A manifest or index, byte for byte as it was served, with the digest of exactly these bytes and the host. */
public final class RawManifest {
    private final byte[] bytes;
    private final Digest digest;
    private final String host;

    /** The host is empty where the document was at hand. */
    public RawManifest(byte[] bytes, Digest digest, String host) {
        this.bytes = bytes.clone();
        this.digest = digest;
        this.host = host;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public Digest digest() {
        return digest;
    }

    public String host() {
        return host;
    }
}
