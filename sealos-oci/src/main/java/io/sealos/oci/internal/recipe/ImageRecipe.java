package io.sealos.oci.internal.recipe;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recipe of an image for one platform. The last stage is the image; stages that it does not need are ignored.
 *
 * @param createdEpochSecond the time of the image and of every file in it, in seconds since 1970
 * @param annotations the annotations of the manifest
 */
public record ImageRecipe(
        Platform platform,
        BuildContext context,
        List<StageRecipe> stages,
        ContainerConfig config,
        long createdEpochSecond,
        SortedMap<String, String> annotations) {

    public ImageRecipe {
        stages = List.copyOf(stages);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("an image has at least one stage");
        }
    }

    public static ImageRecipe of(
            Platform platform, BuildContext context, List<StageRecipe> stages, ContainerConfig config) {
        return new ImageRecipe(platform, context, stages, config, 0, new TreeMap<>());
    }

    public ImageRecipe withCreated(long epochSecond) {
        return new ImageRecipe(platform, context, stages, config, epochSecond, annotations);
    }

    public ImageRecipe withConfig(ContainerConfig other) {
        return new ImageRecipe(platform, context, stages, other, createdEpochSecond, annotations);
    }

    public ImageRecipe withAnnotations(Map<String, String> values) {
        return new ImageRecipe(platform, context, stages, config, createdEpochSecond, new TreeMap<>(values));
    }
}
