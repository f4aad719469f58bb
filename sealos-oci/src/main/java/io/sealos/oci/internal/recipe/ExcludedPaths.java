package io.sealos.oci.internal.recipe;

/** Says which paths of the context are not part of the build. Paths are relative, with slashes, never empty. */
@FunctionalInterface
public interface ExcludedPaths {
    ExcludedPaths NONE = path -> false;

    boolean isExcluded(String path);

    /** Whether something below an excluded directory may be included again; if not, it is not looked into. */
    default boolean mayIncludeBelow(String excludedDirectory) {
        return true;
    }

    /** Whether something below an excluded directory that is a source itself may be included again. */
    default boolean mayIncludeInSource(String excludedDirectory) {
        return mayIncludeBelow(excludedDirectory);
    }
}
