package io.sealos.oci.internal.tree;

/**
 * A layer whose entries have been read.
 *
 * @param layer the layer
 * @param entries its entries
 */
record ReadLayer(ScannedLayer layer, LayerTree entries) {}
