package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.recipe.BaseLayer;

/**
 * A layer of a base image that was read through, so that its diffID is known to be right.
 *
 * @param compression how it is stored, whatever its media type says
 * @param uncompressedSize of the tar
 * @param description what made it, as the history of the base image says
 */
public record ScannedLayer(BaseLayer layer, Compression compression, long uncompressedSize, String description) {}
