package io.sealos.text;

import java.util.List;

/**
 * A pattern with wildcards, read in one of three dialects and matched in a time that is at most proportional to the
 * product of the lengths of pattern and text, whatever they are. Immutable.
 */
public final class GlobPattern {
    private final List<GlobElement> elements;
    private final boolean coversBelow;

    GlobPattern(List<GlobElement> elements, boolean coversBelow) {
        this.elements = List.copyOf(elements);
        this.coversBelow = coversBelow;
    }

    /**
     * Reads a pattern for one name as {@code filepath.Match} of Go does: {@code *} and {@code ?} match no slash,
     * {@code [a-c]} and {@code [^a-c]} one character, a backslash takes the next character as it is.
     *
     * @throws IllegalArgumentException if a class is malformed or the pattern ends in a backslash
     */
    public static GlobPattern ofName(String pattern) {
        return new GlobPattern(GlobReader.ofName(pattern).read(), false);
    }

    /**
     * Reads a pattern of an ignore file, tidied, as {@code fileutils} of containers/storage 1.46 does: like
     * {@link #ofName}, and {@code **} matches any number of directories. It matches a path and all that lies below it.
     *
     * @throws IllegalArgumentException if a class is malformed or the pattern ends in a backslash
     */
    public static GlobPattern ofIgnoreFile(String pattern) {
        return new GlobPattern(GlobReader.ofIgnoreFile(pattern).read(), true);
    }

    /**
     * Reads a pattern of a shell: {@code *} and {@code ?} match slashes too, {@code [!a-c]} negates like
     * {@code [^a-c]}, and what is malformed stands for itself.
     */
    public static GlobPattern ofShell(String pattern) {
        return new GlobPattern(GlobReader.ofShell(pattern).read(), false);
    }

    /** {@return whether the pattern matches the whole text} */
    public boolean matches(String text) {
        if (!elements.isEmpty() && !elements.get(0).canBegin(text)) {
            return false;
        }
        Positions reached = new Positions();
        reached.add(0);
        for (GlobElement element : elements) {
            Positions next = new Positions();
            element.step(text, reached, next);
            if (next.isEmpty()) {
                return false;
            }
            reached = next;
        }
        return coversBelow ? reached.reachParentOf(text) : reached.last() == text.length();
    }
}
