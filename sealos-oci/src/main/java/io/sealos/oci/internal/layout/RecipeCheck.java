package io.sealos.oci.internal.layout;

import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.TreePlanner;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tries a recipe out: what its steps name has to be there, and what they bring is known. Only what has to be unpacked
 * for that is written, below the temporary directory, and none of it stays.
 */
public final class RecipeCheck implements AutoCloseable {
    private @Nullable TemporaryDirectory unpacked;

    private RecipeCheck() {}

    /**
     * What a recipe comes to.
     *
     * @param isLasting whether it holds without anything that was unpacked for it
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
