package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.InspectedLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One image for one platform, as it is stored.
 *
 * @param names as the layout or archive has them
 * @param manifest the digest of its manifest; nothing in a docker-archive, which has none
 * @param id the digest of its configuration
 * @param platforms all platforms that the names stand for
 * @param layersRead whether the layers were at hand; if not, nothing is known of the images that it contains
 * @param problems what does not fit among the images that it contains
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
        List<String> problems) {
    public StoredImage {
        names = List.copyOf(names);
        platforms = List.copyOf(platforms);
        layers = List.copyOf(layers);
        images = List.copyOf(images);
        problems = List.copyOf(problems);
    }
}
