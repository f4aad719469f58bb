package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.recipe.BaseLayer;

/**
 * A layer of a base image that has been read completely and has the correct diffID.
 *
 * @param layer the layer
 * @param compression the actual compression, which may differ from that of the media type
 * @param uncompressedSize the size of the tar in bytes
 * @param description the instruction that created the layer, according to the history
 */
public record ScannedLayer(BaseLayer layer, Compression compression, long uncompressedSize, String description) {}
