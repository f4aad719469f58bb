package io.sealos.oci.internal.build.evaluate;

import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.recipe.BaseImage;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The build file evaluated for one platform.
 *
 * @param platform the platform
 * @param evaluation the result
 * @param bases the base images that have been read, by name
 * @param missing the base images that have not been read yet, whose configuration and files are not part of the result
 */
public record PlatformEvaluation(
        Platform platform,
        KubefileEvaluation evaluation,
        SortedMap<String, BaseImage> bases,
        List<BaseRequest> missing) {
    public PlatformEvaluation {
        bases = Collections.unmodifiableSortedMap(new TreeMap<>(bases));
        missing = List.copyOf(missing);
    }

    /** {@return whether all base images have been read} */
    public boolean isComplete() {
        return missing.isEmpty();
    }
}
