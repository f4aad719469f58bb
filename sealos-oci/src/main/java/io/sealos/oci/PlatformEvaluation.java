package io.sealos.oci;

import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.recipe.BaseImage;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the build file comes to for one platform.
 *
 * @param bases the base images that were read, by name
 * @param missing the base images that were not; until they are, configuration and files are those without them
 */
record PlatformEvaluation(
        Platform platform,
        KubefileEvaluation evaluation,
        SortedMap<String, BaseImage> bases,
        List<BaseRequest> missing) {
    PlatformEvaluation {
        bases = Collections.unmodifiableSortedMap(new TreeMap<>(bases));
        missing = List.copyOf(missing);
    }
}
