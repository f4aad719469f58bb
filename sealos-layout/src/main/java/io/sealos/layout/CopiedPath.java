package io.sealos.layout;

import io.sealos.images.StandardDirectory;
import io.sealos.internal.text.GlobPattern;
import io.sealos.kubefile.CopyStep;

/**
 * A path of the context, which a COPY may bring.
 *
 * @param path the path relative to the context directory, with slashes
 */
record CopiedPath(String path) {
    static final CopiedPath REGISTRY = new CopiedPath(StandardDirectory.REGISTRY);

    /** {@return whether the step copies the path, or something below it} */
    boolean isBroughtBy(CopyStep copy) {
        return copy.sources().stream().map(CopiedPath::relative).anyMatch(this::matches);
    }

    /** {@return a source of COPY as a path relative to the context, without leading and trailing dots and slashes} */
    static String relative(String source) {
        int start = 0;
        while (source.startsWith("/", start) || source.startsWith("./", start)) {
            start = source.indexOf('/', start) + 1;
        }
        int end = source.length();
        while (end > start && (source.charAt(end - 1) == '/' || source.startsWith("/.", end - 2))) {
            end = source.lastIndexOf('/', end - 1);
        }
        String path = source.substring(start, Math.max(start, end));
        return path.equals(".") ? "" : path;
    }

    /** The shorter of the two may lead to the other: a source above the path brings it, one below brings a part. */
    private boolean matches(String source) {
        if (source.isEmpty() || path.equals(".")) {
            return true;
        }
        String[] patterns = source.split("/", -1);
        String[] names = path.split("/", -1);
        for (int i = 0; i < Math.min(patterns.length, names.length); i++) {
            if (!patterns[i].equals(names[i]) && !matchesPattern(patterns[i], names[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesPattern(String pattern, String name) {
        try {
            return GlobPattern.ofName(pattern).matches(name);
        } catch (IllegalArgumentException e) {
            return false; // The build reports the malformed pattern.
        }
    }
}
