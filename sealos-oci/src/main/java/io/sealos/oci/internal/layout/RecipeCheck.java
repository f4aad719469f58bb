package io.sealos.oci.internal.layout;

import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.TreePlanner;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Checks a recipe without writing its image. The sources of its steps must exist. Archives that must be unpacked for
 * the check are written to the temporary directory, and deleted afterwards.
 */
public final class RecipeCheck implements AutoCloseable {
    private @Nullable TemporaryDirectory unpacked;

    private RecipeCheck() {}

    /**
     * The result of a check.
     *
     * @param plan the files of each step
     * @param isLasting whether the plan is valid without the files that were unpacked for the check
     */
    public record Checked(PlannedImage plan, boolean isLasting) {}

    public static Checked check(ImageRecipe recipe) throws IOException {
        try (RecipeCheck check = new RecipeCheck()) {
            PlannedImage plan = TreePlanner.plan(recipe, check::scratch);
            return new Checked(plan, plan.base() == null && check.unpacked == null);
        }
    }

    private Path scratch() throws IOException {
        TemporaryDirectory known = unpacked;
        if (known == null) {
            known = TemporaryDirectory.create("sealos-check-");
            unpacked = known;
        }
        return known.directory("unpacked");
    }

    @Override
    public void close() {
        if (unpacked != null) {
            unpacked.close();
        }
    }
}
