package io.sealos.internal.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a pattern from left to right, once. */
final class GlobReader {
    private enum Dialect {
        NAME,
        IGNORE_FILE,
        SHELL
    }

    private final String pattern;
    private final Dialect dialect;
    private final List<GlobElement> elements = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private final int lastBracket;
    private int at;

    private GlobReader(String pattern, Dialect dialect) {
        this.pattern = pattern;
        this.dialect = dialect;
        this.lastBracket = pattern.lastIndexOf(']');
    }

    static GlobReader ofName(String pattern) {
        return new GlobReader(pattern, Dialect.NAME);
    }

    static GlobReader ofIgnoreFile(String pattern) {
        return new GlobReader(pattern, Dialect.IGNORE_FILE);
    }

    static GlobReader ofShell(String pattern) {
        return new GlobReader(pattern, Dialect.SHELL);
    }

    List<GlobElement> read() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '*' -> readStar();
                case '?' -> {
                    at++;
                    add(new GlobElement.One(it -> dialect == Dialect.SHELL || it != '/'));
                }
                case '[' -> readClass();
                case '\\' -> readEscaped();
                default -> readCharacter();
            }
        }
        endLiteral();
        return elements;
    }

    private void readStar() {
        if (dialect == Dialect.IGNORE_FILE && pattern.startsWith("**", at)) {
            at += pattern.startsWith("**/", at) ? 3 : 2;
            add(new GlobElement.Directories(at == pattern.length()));
        } else {
            at++;
            add(new GlobElement.Many(dialect == Dialect.SHELL));
        }
    }

    private void readCharacter() {
        literal.append(pattern.charAt(at++));
    }

    private void readEscaped() {
        at++;
        if (at < pattern.length()) {
            readCharacter();
        } else if (dialect == Dialect.SHELL) {
            literal.append('\\');
        } else {
            throw new IllegalArgumentException("put a character after the '\\' at the end");
        }
    }

    private void readClass() {
        CharacterClass members = dialect == Dialect.SHELL ? shellClass() : goClass();
        if (members == null) {
            readCharacter();
        } else {
            add(new GlobElement.One(members::contains));
        }
    }

    private CharacterClass goClass() {
        at++;
        CharacterClass members = new CharacterClass(takes('^'));
        while (members.isEmpty() || !takes(']')) {
            int from = bound();
            int to = takes('-') ? bound() : from;
            if (dialect == Dialect.IGNORE_FILE && to < from) {
                throw new IllegalArgumentException("put the lower end of a range in '[' and ']' first");
            }
            members.add(from, to);
        }
        return members;
    }

    private int bound() {
        boolean escaped = takes('\\');
        if (at == pattern.length() || (!escaped && (pattern.charAt(at) == '-' || pattern.charAt(at) == ']'))) {
            throw new IllegalArgumentException("close each '[' with ']', and put a '\\' before each '[' that stands for"
                    + " itself and before each '-' and ']' between the two");
        }
        int point = pattern.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    // In a shell, a bracket that is never closed is literal text.
    private @Nullable CharacterClass shellClass() {
        int first = at + (pattern.startsWith("!", at + 1) || pattern.startsWith("^", at + 1) ? 2 : 1);
        int end = lastBracket <= first ? -1 : pattern.indexOf(']', first + 1);
        if (end < 0) {
            return null;
        }
        CharacterClass members = new CharacterClass(first == at + 2);
        for (at = first; at < end; ) {
            int from = pattern.codePointAt(at);
            at += Character.charCount(from);
            boolean range = at + 1 < end && pattern.charAt(at) == '-';
            int to = range ? pattern.codePointAt(at + 1) : from;
            at += range ? 1 + Character.charCount(to) : 0;
            members.add(from, to);
        }
        at = end + 1;
        return members;
    }

    private boolean takes(char c) {
        boolean here = at < pattern.length() && pattern.charAt(at) == c;
        at += here ? 1 : 0;
        return here;
    }

    private void add(GlobElement element) {
        endLiteral();
        // Two asterisks in a row match the same as one.
        boolean again = element instanceof GlobElement.Many
                && !elements.isEmpty()
                && element.equals(elements.get(elements.size() - 1));
        if (!again) {
            elements.add(element);
        }
    }

    private void endLiteral() {
        if (literal.length() > 0) {
            elements.add(new GlobElement.Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
