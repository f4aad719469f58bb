package io.sealos.layout;

import io.sealos.images.StandardDirectory;
import io.sealos.internal.text.GlobPattern;
import io.sealos.kubefile.CopyStep;

/** A top-level directory of the context, which a COPY may bring. */
record CopiedDirectory(String name) {
    static final CopiedDirectory REGISTRY = new CopiedDirectory(StandardDirectory.REGISTRY);

    /** {@return whether the step copies the directory or a part of it} */
    boolean isBroughtBy(CopyStep copy) {
        return copy.sources().stream().map(CopiedDirectory::relative).anyMatch(this::matches);
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

    private boolean matches(String source) {
        int slash = source.indexOf('/');
        String first = slash < 0 ? source : source.substring(0, slash);
        return first.isEmpty() || first.equals(name) || matchesPattern(first);
    }

    private boolean matchesPattern(String pattern) {
        try {
            return GlobPattern.ofName(pattern).matches(name);
        } catch (IllegalArgumentException e) {
            return false; // The build reports the malformed pattern.
        }
    }
}
