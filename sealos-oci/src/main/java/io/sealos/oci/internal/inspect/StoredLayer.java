package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;

/**
 * A layer of a stored image.
 *
 * @param description the line of the history that made it; empty where there is none
 */
public record StoredLayer(Digest digest, Digest diffId, long size, String mediaType, String description) {}
