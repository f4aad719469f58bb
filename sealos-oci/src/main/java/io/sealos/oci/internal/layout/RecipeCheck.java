package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.TreePlanner;
import java.io.IOException;
import java.nio.file.Path;

/** Tries a recipe out: what its steps name has to be there. Nothing is written that stays. */
public final class RecipeCheck {
    private RecipeCheck() {}

    public static void check(ImageRecipe recipe) throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Staging staging = Staging.in(temporary, "sealos-check")) {
            TreePlanner.plan(recipe, staging.scratch());
        }
    }
}
