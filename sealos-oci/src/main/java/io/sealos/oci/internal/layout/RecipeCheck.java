package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreePlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tries a recipe out: what its steps name has to be there, and what they bring is known. Nothing stays written. */
public final class RecipeCheck {
    private RecipeCheck() {}

    public static List<PlannedStep> check(ImageRecipe recipe) throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Staging staging = Staging.in(temporary, "sealos-check")) {
            return TreePlanner.plan(recipe, staging.scratch()).steps();
        }
    }
}
