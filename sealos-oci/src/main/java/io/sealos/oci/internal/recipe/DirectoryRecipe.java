package io.sealos.oci.internal.recipe;

import org.jspecify.annotations.Nullable;

/**
 * Makes a directory and its parents where they are missing, with mode 0755, as WORKDIR does.
 *
 * @param owner {@code user[:group]} by name or number; null or a name that the stage does not know is 0:0
 */
public record DirectoryRecipe(String path, @Nullable String owner, String description) implements StepRecipe {
    public DirectoryRecipe {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(description + ": the directory '" + path + "' is not absolute");
        }
    }
}
