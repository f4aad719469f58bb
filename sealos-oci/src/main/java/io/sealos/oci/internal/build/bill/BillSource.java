package io.sealos.oci.internal.build.bill;

import io.sealos.images.Digest;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.inspect.ImageContent;
import io.sealos.oci.internal.recipe.BaseImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster image of which a bill of materials is written.
 *
 * @param names its names
 * @param digest the digest of its manifest or index
 * @param created its time, such as {@code 1970-01-01T00:00:00Z}; empty if it is not known
 * @param inventory the images that were found in the context; empty for a finished image
 * @param context the path of the context directory as it is in the places of files
 * @param complete whether all images that will run are known
 */
public record BillSource(
        List<ImageReference> names,
        Digest digest,
        Optional<String> created,
        List<Part> parts,
        ImageInventory inventory,
        Map<ImageReference, List<String>> askedAt,
        String context,
        boolean complete) {
    public BillSource {
        names = List.copyOf(names);
        parts = List.copyOf(parts);
    }

    /**
     * The image for one platform.
     *
     * @param manifest the digest of its manifest
     * @param bases the images in FROM and {@code COPY --from}, sorted by name
     * @param base the base image, whose layers are the lowest; empty if there is none
     * @param saved the images and artifacts that were saved, with the digests that their registries served
     */
    public record Part(
            Platform platform,
            Digest manifest,
            ImageContent content,
            List<BaseImage> bases,
            Optional<BaseImage> base,
            Map<ImageReference, Digest> saved) {
        public Part {
            bases = List.copyOf(bases);
        }
    }
}
