package io.sealos.oci.internal.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage: its base, and its steps in order. An image is a stage of its own without steps, which others start or copy
 * from.
 *
 * @param base index of an earlier stage, or {@link #SCRATCH}
 * @param image the image of such a stage; null for others
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
