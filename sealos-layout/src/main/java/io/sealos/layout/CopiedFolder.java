package io.sealos.layout;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.CopyStep;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** A folder of the context, and whether a COPY brings it or something of it. */
record CopiedFolder(String name) {
    static final CopiedFolder REGISTRY = new CopiedFolder(StandardDirectory.REGISTRY);

    boolean isBroughtBy(CopyStep copy) {
        return copy.sources().stream().map(CopiedFolder::relative).anyMatch(this::matches);
    }

    /** A source as COPY reads it: relative to the context, whatever dots and slashes it is written with. */
    static String relative(String source) {
        String path = source;
        while (path.startsWith("/") || path.startsWith("./")) {
            path = path.substring(path.indexOf('/') + 1);
        }
        while (path.endsWith("/") || path.endsWith("/.")) {
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return path.equals(".") ? "" : path;
    }

    private boolean matches(String source) {
        int slash = source.indexOf('/');
        String first = slash < 0 ? source : source.substring(0, slash);
        return first.isEmpty() || first.equals(name) || matchesPattern(first);
    }

    private boolean matchesPattern(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
        } catch (PatternSyntaxException e) {
            return false; // The build reports the pattern; here it only brings nothing.
        }
    }
}
