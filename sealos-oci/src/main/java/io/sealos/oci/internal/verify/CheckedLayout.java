package io.sealos.oci.internal.verify;

import java.util.List;

/**
 * What a check of a layout came to.
 *
 * @param images each platform counted
 * @param layers of all images
 * @param blobs different ones that were read, and their bytes
 */
public record CheckedLayout(
        List<String> mismatches, List<String> notes, int images, int layers, int blobs, long bytes) {}
