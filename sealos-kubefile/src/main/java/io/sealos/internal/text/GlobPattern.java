package io.sealos.internal.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern with wildcards, read in one of three dialects and matched in a time that is at most proportional to the
 * product of the lengths of the pattern and the text. Immutable and thread-safe.
 */
public final class GlobPattern {
    private final List<GlobElement> elements;
    private final boolean coversBelow;

    GlobPattern(List<GlobElement> elements, boolean coversBelow) {
        this.elements = List.copyOf(elements);
        this.coversBelow = coversBelow;
    }

    /**
     * Reads a pattern for one name as {@code filepath.Match} of Go does: {@code *} and {@code ?} do not match a slash,
     * {@code [a-c]} and {@code [^a-c]} match one character, and a backslash escapes the next character.
     *
     * @throws IllegalArgumentException if a class is malformed or the pattern ends in a backslash
     */
    public static GlobPattern ofName(String pattern) {
        return new GlobPattern(GlobReader.ofName(pattern).read(), false);
    }

    /**
     * Reads a cleaned pattern of an ignore file as {@code fileutils} of containers/storage 1.46 does: like
     * {@link #ofName}, with {@code **} for any number of directories. The pattern matches a path and everything below
     * it.
     *
     * @throws IllegalArgumentException if a class is malformed or the pattern ends in a backslash
     */
    public static GlobPattern ofIgnoreFile(String pattern) {
        return new GlobPattern(GlobReader.ofIgnoreFile(pattern).read(), true);
    }

    /**
     * Reads a pattern of a shell: {@code *} and {@code ?} match slashes too, {@code [!a-c]} negates like
     * {@code [^a-c]}, and malformed parts are literal text.
     */
    public static GlobPattern ofShell(String pattern) {
        return new GlobPattern(GlobReader.ofShell(pattern).read(), false);
    }

    /** {@return whether the pattern matches the whole text} */
    public boolean matches(String text) {
        Positions ends = ends(text, 0);
        return coversBelow ? ends.reachParentOf(text) : !ends.isEmpty() && ends.last() == text.length();
    }

    /**
     * {@return the end of the match that starts at a position of the text; -1 if there is none}
     *
     * @param longest whether to find the longest match instead of the shortest
     */
    public int end(String text, int from, boolean longest) {
        Positions ends = ends(text, from);
        return ends.isEmpty() ? -1 : longest ? ends.last() : ends.get(0);
    }

    /**
     * {@return the start of the match that ends at the end of the text; -1 if there is none}
     *
     * @param longest whether to find the longest match instead of the shortest
     */
    public int start(String text, boolean longest) {
        List<GlobElement> backwards = new ArrayList<>();
        elements.forEach(element -> backwards.add(0, element.reversed()));
        int end = new GlobPattern(backwards, false)
                .end(new StringBuilder(text).reverse().toString(), 0, longest);
        return end < 0 ? -1 : text.length() - end;
    }

    private Positions ends(String text, int from) {
        Positions reached = new Positions();
        if (elements.isEmpty() || elements.get(0).canBegin(text, from)) {
            reached.add(from);
        }
        for (GlobElement element : elements) {
            if (reached.isEmpty()) {
                return reached;
            }
            Positions next = new Positions();
            element.step(text, reached, next);
            reached = next;
        }
        return reached;
    }
}
