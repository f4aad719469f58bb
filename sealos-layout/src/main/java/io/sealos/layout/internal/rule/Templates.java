package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import java.util.List;

/**
 * The templates that sealos renders when an image is run, which are files with certain suffixes in three directories.
 */
final class Templates {
    static final String SUFFIX = ".tmpl";

    /** The suffix of templates that are rendered on the node only, and deleted there. */
    static final String DELETED_SUFFIX = ".tpl";

    private static final List<String> DIRECTORIES =
            List.of(StandardDirectory.ETC, StandardDirectory.SCRIPTS, StandardDirectory.MANIFESTS);

    private Templates() {}

    static boolean isTemplate(String path) {
        boolean named = path.endsWith(SUFFIX) || path.endsWith(DELETED_SUFFIX);
        return named && isBelowTemplates(path);
    }

    static boolean isBelowTemplates(String path) {
        return DIRECTORIES.stream().anyMatch(it -> path.startsWith(it + "/"));
    }

    /** {@return whether the name consists of the suffix only} */
    static boolean isUnnamed(String path) {
        return isBelowTemplates(path) && path.endsWith("/" + SUFFIX);
    }

    static String renderedName(String path) {
        return path.substring(0, path.lastIndexOf('.'));
    }
}
