package io.sealos.kubefile;

import io.sealos.internal.text.GlobPattern;
import java.util.Optional;

/** One line of an ignore file, as buildah 1.30 reads it with containers/storage. */
final class IgnorePattern {
    private final String text;
    private final boolean excludes;
    private final GlobPattern glob;

    private IgnorePattern(String text, boolean excludes, GlobPattern glob) {
        this.text = text;
        this.excludes = excludes;
        this.glob = glob;
    }

    /** The order of the steps is buildah's: slashes go before blanks, so that a blank keeps the slash behind it. */
    static Optional<IgnorePattern> of(String line, String place) {
        String pattern = trimSpace(trimSlashes(line));
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        pattern = PathNames.clean(pattern);
        if (pattern.equals("!")) {
            throw new IgnoreSyntaxException(place, line.strip(), "put a pattern after the '!'");
        }
        boolean excludes = !pattern.startsWith("!");
        if (!excludes) {
            pattern = PathNames.clean(pattern.substring(1));
            pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        }
        return Optional.of(new IgnorePattern(pattern, excludes, glob(pattern, line, place)));
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

    // The scanner that buildah reads a pattern with passes over a byte order mark at its beginning.
    private static GlobPattern glob(String pattern, String line, String place) {
        try {
            return GlobPattern.ofIgnoreFile(pattern.startsWith("\uFEFF") ? pattern.substring(1) : pattern);
        } catch (IllegalArgumentException e) {
            throw new IgnoreSyntaxException(place, line.strip(), String.valueOf(e.getMessage()));
        }
    }

    String text() {
        return text;
    }

    boolean excludes() {
        return excludes;
    }

    /** Whether the pattern matches the path or something that it lies below. */
    boolean matches(String path) {
        return glob.matches(path);
    }
}
