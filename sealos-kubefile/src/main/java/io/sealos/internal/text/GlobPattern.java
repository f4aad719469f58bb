package io.sealos.internal.text;

import java.util.ArrayList;
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
        Positions ends = ends(text, 0);
        return coversBelow ? ends.reachParentOf(text) : !ends.isEmpty() && ends.last() == text.length();
    }

    /**
     * {@return where what the pattern matches from a place of the text on ends, -1 if it matches nothing there}
     *
     * @param longest whether the longest match is meant, not the shortest
     */
    public int end(String text, int from, boolean longest) {
        Positions ends = ends(text, from);
        return ends.isEmpty() ? -1 : longest ? ends.last() : ends.get(0);
    }

    /**
     * {@return where what the pattern matches up to the end of the text starts, -1 if it matches nothing there}
     *
     * @param longest whether the longest match is meant, not the shortest
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
