package io.sealos.oci.internal.trust.attach;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A configuration or a layer of an artifact, with its bytes. Immutable. */
public final class ArtifactBlob {
    private final String mediaType;
    private final byte[] bytes;
    private final SortedMap<String, String> annotations;

    public ArtifactBlob(String mediaType, byte[] bytes, Map<String, String> annotations) {
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
        this.annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public long size() {
        return bytes.length;
    }

    public Digest digest() {
        return Digests.sha256(bytes);
    }

    /** {@return the annotations of the descriptor} */
    public SortedMap<String, String> annotations() {
        return annotations;
    }
}
