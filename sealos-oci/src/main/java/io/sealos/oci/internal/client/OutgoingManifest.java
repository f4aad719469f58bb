package io.sealos.oci.internal.client;

import io.sealos.images.Digest;
import java.util.Arrays;

/** A manifest or index to upload, byte for byte. */
public final class OutgoingManifest {
    private final String mediaType;
    private final Digest digest;
    private final byte[] bytes;

    public OutgoingManifest(String mediaType, Digest digest, byte[] bytes) {
        this.mediaType = mediaType;
        this.digest = digest;
        this.bytes = Arrays.copyOf(bytes, bytes.length);
    }

    String mediaType() {
        return mediaType;
    }

    public Digest digest() {
        return digest;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }
}
