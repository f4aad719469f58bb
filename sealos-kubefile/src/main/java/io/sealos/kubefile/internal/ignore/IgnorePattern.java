package io.sealos.kubefile.internal.ignore;

import io.sealos.internal.text.GlobPattern;
import io.sealos.kubefile.internal.paths.PathNames;
import io.sealos.kubefile.internal.source.Whitespace;
import java.util.Objects;
import java.util.Optional;

/** A pattern of an ignore file, as buildah 1.30 reads it with containers/storage. */
public final class IgnorePattern {
    private final String text;
    private final boolean excludes;
    private final GlobPattern glob;

    private IgnorePattern(String text, boolean excludes, GlobPattern glob) {
        this.text = text;
        this.excludes = excludes;
        this.glob = glob;
    }

    /**
     * {@return the pattern of a line; empty if the line is empty} The order of the steps is buildah's: slashes are
     * trimmed before blanks, so a slash before a trailing blank stays.
     *
     * @throws IllegalArgumentException with the fix as its message, if the pattern is malformed
     */
    public static Optional<IgnorePattern> of(String line) {
        String pattern = trimSpace(trimSlashes(line));
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        pattern = PathNames.clean(pattern);
        if (pattern.equals("!")) {
            throw new IllegalArgumentException("put a pattern after the '!'");
        }
        boolean excludes = !pattern.startsWith("!");
        if (!excludes) {
            pattern = PathNames.clean(pattern.substring(1));
            pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        }
        return Optional.of(new IgnorePattern(pattern, excludes, glob(pattern)));
    }

    private static String trimSlashes(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == '/') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(start, end);
    }

    private static String trimSpace(String text) {
        int end = Whitespace.skipSpaceBack(text, 0, text.length());
        return text.substring(Whitespace.skipSpace(text, 0, end), end);
    }

    // The scanner with which buildah reads a pattern skips a byte order mark at its start.
    private static GlobPattern glob(String pattern) {
        return GlobPattern.ofIgnoreFile(pattern.startsWith("\uFEFF") ? pattern.substring(1) : pattern);
    }

    /** {@return the pattern without its {@code !}, cleaned} */
    public String text() {
        return text;
    }

    /** {@return whether paths that match are excluded; false for a pattern with {@code !}} */
    public boolean excludes() {
        return excludes;
    }

    /** {@return whether the pattern matches the path or a directory above it} */
    public boolean matches(String path) {
        return glob.matches(path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IgnorePattern that && text.equals(that.text) && excludes == that.excludes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, excludes);
    }

    /** {@return the pattern, cleaned} */
    @Override
    public String toString() {
        return excludes ? text : "!" + text;
    }
}
