package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.delta.DeltaSizes;
import io.sealos.oci.internal.progress.Amounts;
import java.util.List;

/**
 * The difference between a delta image and the full image: how many bytes of its container images are sent, and how
 * many are spared because the site has them. Sizes are those of the stored blobs in {@code registry/}, in bytes.
 * Immutable and thread-safe.
 *
 * @see ClusterImageBuilder
 * @since 0.1.0
 */
public final class ImageDelta {
    private final DeltaSizes sizes;
    private final List<Image> images;

    ImageDelta(DeltaSizes sizes) {
        this.sizes = sizes;
        this.images = sizes.images().stream()
                .map(image -> new Image(image.name(), image.sent(), image.spared()))
                .toList();
    }

    /** {@return the digests of the bases, as {@link DeltaBase#digests} returns them} */
    public List<Digest> bases() {
        return sizes.bases();
    }

    /** {@return the number of different blobs that are left out} */
    public int sparedBlobs() {
        return sizes.blobs();
    }

    /** {@return the size of the blobs in {@code registry/}, each counted once} */
    public long sentBytes() {
        return sizes.sent();
    }

    /** {@return the size of the blobs that are left out, each counted once} */
    public long sparedBytes() {
        return sizes.spared();
    }

    /** {@return the container images, sorted by name} A blob that several images have counts for each of them. */
    public List<Image> images() {
        return images;
    }

    /**
     * A container image of a delta image.
     *
     * @param name the repository and the tag or digest, such as {@code library/nginx:1.27}
     * @param sentBytes the size of its blobs in {@code registry/}
     * @param sparedBytes the size of its blobs that are left out
     */
    public record Image(String name, long sentBytes, long sparedBytes) {
        /** {@return the image with its sizes, such as {@code library/nginx:1.27: 2 MB sent, 41 MB spared}} */
        @Override
        public String toString() {
            return name + ": " + amounts(sentBytes, sparedBytes);
        }
    }

    private static String amounts(long sent, long spared) {
        return Amounts.size(sent) + " sent, " + Amounts.size(spared) + " spared";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageDelta that && sizes.equals(that.sizes);
    }

    @Override
    public int hashCode() {
        return sizes.hashCode();
    }

    /** {@return one line with the totals, which says so if nothing is spared, and one line for each image} */
    @Override
    public String toString() {
        String blobs = Count.of(sizes.blobs(), "blob");
        StringBuilder text = new StringBuilder(amounts(sizes.sent(), sizes.spared()) + " in " + blobs);
        if (sizes.spared() == 0) {
            text.append("; nothing is spared, because the bases have no blob of these images in the same repository");
        }
        images.forEach(image -> text.append('\n').append(image));
        return text.toString();
    }
}
