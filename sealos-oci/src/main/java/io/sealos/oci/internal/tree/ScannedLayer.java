package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.recipe.BaseLayer;

/**
 * A layer of a base image that was read completely and has the right diffID.
 *
 * @param layer the layer
 * @param compression its actual compression, whatever its media type says
 * @param uncompressedSize the size of the tar in bytes
 * @param description the entry of the history that created it
 */
public record ScannedLayer(BaseLayer layer, Compression compression, long uncompressedSize, String description) {}
