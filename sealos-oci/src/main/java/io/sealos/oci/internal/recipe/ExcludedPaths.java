package io.sealos.oci.internal.recipe;

/**
 * Decides which paths of the context are excluded from the build. Paths are relative, have slashes, and are not empty.
 */
@FunctionalInterface
public interface ExcludedPaths {
    ExcludedPaths NONE = path -> false;

    boolean isExcluded(String path);

    /** {@return whether paths below an excluded directory may be included again; otherwise, it is not read} */
    default boolean mayIncludeBelow(String excludedDirectory) {
        return true;
    }

    /** {@return whether paths below an excluded directory that is itself a source may be included again} */
    default boolean mayIncludeInSource(String excludedDirectory) {
        return mayIncludeBelow(excludedDirectory);
    }
}
