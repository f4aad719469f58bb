package io.sealos.oci.internal.recipe;

import org.jspecify.annotations.Nullable;

/**
 * A step that creates a directory and its parents, if they are missing, with mode 0755 (WORKDIR).
 *
 * @param owner the owner as {@code user[:group]}, by name or number; 0:0 for null and for unknown names
 */
public record DirectoryRecipe(String path, @Nullable String owner, String description) implements StepRecipe {
    public DirectoryRecipe {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(description + ": the directory '" + path + "' is not absolute");
        }
    }
}
