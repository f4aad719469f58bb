package io.sealos.oci.internal.recipe;

/** Excludes paths of the context from the build. Paths are relative, with slashes, never empty. */
@FunctionalInterface
public interface ExcludedPaths {
    ExcludedPaths NONE = path -> false;

    boolean isExcluded(String path);

    /** {@return whether a path below an excluded directory may be included again; if not, it is not read} */
    default boolean mayIncludeBelow(String excludedDirectory) {
        return true;
    }

    /** {@return whether a path below an excluded directory that is itself a source may be included again} */
    default boolean mayIncludeInSource(String excludedDirectory) {
        return mayIncludeBelow(excludedDirectory);
    }
}
