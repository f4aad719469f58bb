package io.sealos.oci.internal.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage with its base and its steps. A base image is a stage without steps, on which other stages are based or from
 * which they copy.
 *
 * @param base the index of an earlier stage, or {@link #SCRATCH}
 * @param image the image of a stage without steps; null for others
 */
public record StageRecipe(int base, @Nullable BaseImage image, List<StepRecipe> steps) {
    public static final int SCRATCH = -1;

    public StageRecipe {
        steps = List.copyOf(steps);
    }

    public static StageRecipe scratch(StepRecipe... steps) {
        return on(SCRATCH, List.of(steps));
    }

    public static StageRecipe on(int base, List<StepRecipe> steps) {
        return new StageRecipe(base, null, steps);
    }

    public static StageRecipe image(BaseImage image) {
        return new StageRecipe(SCRATCH, image, List.of());
    }
}
