package io.sealos.oci.internal.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step that copies files of the context or of an earlier stage (COPY, ADD).
 *
 * @param add whether sources that are archives are unpacked
 * @param sources the patterns of Go's filepath.Match, relative to the context or to the root of the stage
 * @param destination the absolute destination; a trailing slash denotes a directory
 * @param fromStage the index of an earlier stage, or {@link #CONTEXT}
 * @param chown {@code user[:group]} by name or number
 * @param chmod octal digits
 */
public record CopyRecipe(
        boolean add,
        List<String> sources,
        String destination,
        int fromStage,
        @Nullable String chown,
        @Nullable String chmod,
        String description)
        implements StepRecipe {
    public static final int CONTEXT = -1;

    public CopyRecipe {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(description + ": there is no source");
        }
        if (!destination.startsWith("/")) {
            throw new IllegalArgumentException(description + ": the destination '" + destination + "' is not absolute");
        }
    }

    public static CopyRecipe copy(List<String> sources, String destination, String description) {
        return new CopyRecipe(false, sources, destination, CONTEXT, null, null, description);
    }

    public static CopyRecipe add(List<String> sources, String destination, String description) {
        return new CopyRecipe(true, sources, destination, CONTEXT, null, null, description);
    }

    public CopyRecipe withFromStage(int stage) {
        return new CopyRecipe(add, sources, destination, stage, chown, chmod, description);
    }

    public CopyRecipe withChown(@Nullable String owner) {
        return new CopyRecipe(add, sources, destination, fromStage, owner, chmod, description);
    }

    public CopyRecipe withChmod(@Nullable String mode) {
        return new CopyRecipe(add, sources, destination, fromStage, chown, mode, description);
    }

    public boolean fromContext() {
        return fromStage == CONTEXT;
    }
}
