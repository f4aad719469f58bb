package io.sealos.oci.internal.delta;

import io.sealos.images.Digest;
import java.util.List;

/**
 * The sizes of the blobs of a delta image in bytes.
 *
 * @param bases the digests of the bases
 * @param blobs the number of blobs that were left out
 * @param sent the size of the other blobs
 * @param spared the size of the blobs that were left out
 * @param images the sizes for each container image, sorted by name
 */
public record DeltaSizes(List<Digest> bases, int blobs, long sent, long spared, List<Image> images) {
    public DeltaSizes {
        bases = List.copyOf(bases);
        images = List.copyOf(images);
    }

    /** The sizes of the blobs of one container image. */
    public record Image(String name, long sent, long spared) {}
}
