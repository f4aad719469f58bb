package io.sealos.oci.internal.recipe;

import java.util.List;

/**
 * One stage: what it starts from, and its steps in order.
 *
 * @param base index of an earlier stage, or {@link #SCRATCH}
 */
public record StageRecipe(int base, List<StepRecipe> steps) {
    public static final int SCRATCH = -1;

    public StageRecipe {
        steps = List.copyOf(steps);
    }

    public static StageRecipe scratch(StepRecipe... steps) {
        return new StageRecipe(SCRATCH, List.of(steps));
    }
}
