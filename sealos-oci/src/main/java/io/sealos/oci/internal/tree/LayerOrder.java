package io.sealos.oci.internal.tree;

import io.sealos.oci.RegistryLayering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Determines the layers of an image and their order, for the plan and for the writer.
 *
 * <ol>
 *   <li>The layers of the base image are the lowest.
 *   <li>Each step that adds files creates one layer, in the order of the recipe.
 *   <li>With {@link RegistryLayering#PER_IMAGE}, {@link GroupedLayers} splits a step by the saved images that it adds.
 * </ol>
 */
public final class LayerOrder {
    private LayerOrder() {}

    /**
     * {@return the plans with a step for each layer, the lowest first; steps without files stay among them, in the
     * order of the recipe}
     */
    public static List<PlannedImage> arrange(List<PlannedImage> plans, RegistryLayering layering) throws IOException {
        if (layering == RegistryLayering.ONE_LAYER) {
            return plans;
        }
        List<PlannedImage> arranged = new ArrayList<>();
        for (PlannedImage plan : plans) {
            arranged.add(new PlannedImage(plan.base(), GroupedLayers.of(plan.steps())));
        }
        return arranged;
    }

    /** {@return the steps of an arranged plan that create layers, the lowest first} */
    public static List<PlannedStep> layers(PlannedImage arranged) {
        return arranged.steps().stream().filter(step -> step.layer() != null).toList();
    }

    /** {@return all layers of an image, the lowest first} */
    public static <T> List<T> stack(List<T> ofBase, List<T> ofSteps) {
        List<T> all = new ArrayList<>(ofBase);
        all.addAll(ofSteps);
        return all;
    }
}
