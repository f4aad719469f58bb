package io.sealos.oci.internal.client;

import io.sealos.images.Digest;

/** A manifest or index with its bytes as served, the digest of these bytes, and the host that served it. */
public final class RawManifest {
    private final byte[] bytes;
    private final Digest digest;
    private final String host;

    /** Creates a manifest. The host is empty if it does not come from a registry. */
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
