package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.InspectedLayer;
import io.sealos.oci.internal.delta.DeltaSizes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stored image for one platform.
 *
 * @param names its names in the layout or archive
 * @param manifest the digest of its manifest; empty for a docker-archive, which has none
 * @param id the digest of its configuration
 * @param platforms the platforms of all images with these names
 * @param layersRead whether the layers were read, and the images are therefore known
 * @param images the images in its {@code registry/}
 * @param problems the problems of its {@code registry/}
 * @param documents the documents that are attached to it, or to an index that lists it
 * @param delta the sizes of a delta image; empty for a full image
 */
public record StoredImage(
        List<String> names,
        Optional<Digest> manifest,
        Digest id,
        String platform,
        List<String> platforms,
        JsonNode config,
        Map<String, String> annotations,
        List<InspectedLayer> layers,
        boolean layersRead,
        List<ContainedImage> images,
        List<String> problems,
        List<FoundDocument> documents,
        Optional<DeltaSizes> delta) {
    public StoredImage {
        names = List.copyOf(names);
        platforms = List.copyOf(platforms);
        layers = List.copyOf(layers);
        images = List.copyOf(images);
        problems = List.copyOf(problems);
        documents = List.copyOf(documents);
    }
}
