package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreePlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries a recipe out: what its steps name has to be there, and what they bring is known. Only what has to be unpacked
 * for that is written, below the temporary folder, and none of it stays.
 */
public final class RecipeCheck implements AutoCloseable {
    private @Nullable Staging staging;

    private RecipeCheck() {}

    public static List<PlannedStep> check(ImageRecipe recipe) throws IOException {
        try (RecipeCheck check = new RecipeCheck()) {
            return TreePlanner.plan(recipe, check::scratch).steps();
        }
    }

    private Path scratch() throws IOException {
        Staging known = staging;
        if (known == null) {
            known = Staging.in(Path.of(System.getProperty("java.io.tmpdir")), "sealos-check");
            staging = known;
        }
        return known.scratch();
    }

    @Override
    public void close() throws IOException {
        if (staging != null) {
            staging.close();
        }
    }
}
