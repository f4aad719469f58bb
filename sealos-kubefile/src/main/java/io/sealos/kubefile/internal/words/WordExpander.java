package io.sealos.kubefile.internal.words;

import io.sealos.kubefile.internal.source.SourceBytes;
import io.sealos.kubefile.internal.source.Whitespace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes quotes and escapes from a word and expands its variables, as buildah does: {@code $X}, <code>${X}</code>,
 * <code>${X:-w}</code>, <code>${X:+w}</code> and <code>${X:?m}</code>.
 */
public final class WordExpander {
    /** Thrown when a word cannot be expanded. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String suggestion;

        /** Creates an exception with a message and the fix. */
        public Malformed(String message, String suggestion) {
            super(message, null, false, false);
            this.suggestion = suggestion;
        }

        /** {@return the fix, a sentence} */
        public String suggestion() {
            return suggestion;
        }
    }

    private static final int END = -1;
    private static final int NESTING_LIMIT = 200;

    private final String word;
    private final Function<String, @Nullable String> variables;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private int at;
    private int nesting;

    private WordExpander(String word, Function<String, @Nullable String> variables) {
        this.word = word;
        this.variables = variables;
        this.at = word.startsWith("\uFEFF") ? 1 : 0;
    }

    /**
     * {@return the word without quotes and escapes, with variables expanded; an unknown variable is empty}
     *
     * @param variables returns the value of a variable, or null
     * @throws Malformed if the word cannot be expanded
     */
    public static String expand(String word, Function<String, @Nullable String> variables) {
        return word.indexOf('$') < 0 && word.indexOf('"') < 0 && word.indexOf('\'') < 0 && word.indexOf('\\') < 0
                ? word
                : new WordExpander(word, variables).readUntil(END);
    }

    /** {@return the text with variables expanded; quotes and escapes are ordinary characters} */
    public static String expandVariables(String text, Function<String, @Nullable String> variables) {
        WordExpander expander = new WordExpander(text, variables);
        StringBuilder result = new StringBuilder();
        while (expander.peek() != END) {
            if (expander.peek() == '$') {
                result.append(expander.readDollar());
            } else {
                result.appendCodePoint(expander.next());
            }
        }
        return result.toString();
    }

    /** {@return the expanded word, split at spaces that are not quoted, including those in values} */
    public static List<String> expandToWords(String word, Function<String, @Nullable String> variables) {
        WordExpander expander = new WordExpander(word, variables);
        expander.readUntil(END);
        expander.endWord();
        return expander.words;
    }

    private String readUntil(int stop) {
        if (++nesting > NESTING_LIMIT) {
            throw new Malformed("the expansion is nested too deeply", "Nest less than " + NESTING_LIMIT + " deep.");
        }
        StringBuilder result = new StringBuilder();
        while (peek() != stop) {
            if (peek() == END) {
                throw new Malformed("the closing } is missing", "Write ${NAME:-word}.");
            }
            readPart(result, nesting == 1);
        }
        at += stop == END ? 0 : 1;
        nesting--;
        return result.toString();
    }

    private void readPart(StringBuilder result, boolean outermost) {
        int c = peek();
        boolean quoted = c == '\'' || c == '"' || c == '\\';
        String part = c == '\'' ? readSingleQuoted() : c == '"' ? readDoubleQuoted() : readUnquoted();
        result.append(part);
        if (!outermost) {
            return;
        }
        if (quoted) {
            current.append(part);
        } else {
            part.codePoints().forEach(this::addToWord);
        }
    }

    private void addToWord(int c) {
        if (Whitespace.isSpace(c)) {
            endWord();
        } else {
            current.appendCodePoint(c);
        }
    }

    private void endWord() {
        if (!current.isEmpty()) {
            words.add(current.toString());
            current.setLength(0);
        }
    }

    private String readUnquoted() {
        if (peek() == '$') {
            return readDollar();
        }
        int c = next();
        if (c != '\\') {
            return Character.toString(c);
        }
        return peek() == END ? "" : Character.toString(next());
    }

    private String readSingleQuoted() {
        int close = word.indexOf('\'', at + 1);
        if (close < 0) {
            throw unclosed("single quote");
        }
        String text = word.substring(at + 1, close);
        at = close + 1;
        return text;
    }

    private String readDoubleQuoted() {
        StringBuilder result = new StringBuilder();
        next();
        while (peek() != '"') {
            if (peek() == END) {
                throw unclosed("double quote");
            }
            if (peek() == '$') {
                result.append(readDollar());
            } else {
                readInDoubleQuotes(result);
            }
        }
        next();
        return result.toString();
    }

    private void readInDoubleQuotes(StringBuilder result) {
        int c = next();
        if (c == '\\' && peek() == END) {
            return;
        }
        boolean escapes = c == '\\' && (peek() == '"' || peek() == '$' || peek() == '\\');
        result.appendCodePoint(escapes ? next() : c);
    }

    private static Malformed unclosed(String quote) {
        return new Malformed("the closing " + quote + " is missing", "Close the quote, or escape it with a backslash.");
    }

    private String readDollar() {
        next();
        if (peek() != '{') {
            String name = readName();
            return name.isEmpty() ? "$" : value(name);
        }
        next();
        String name = readName();
        if (peek() == '}') {
            next();
            return value(name);
        }
        if (peek() != ':') {
            throw unsupported();
        }
        next();
        return readModified(name);
    }

    private String readModified(String name) {
        int modifier = peek() == END ? END : next();
        String other = readUntil('}');
        String value = value(name);
        return switch (modifier) {
            case '+' -> value.isEmpty() ? value : other;
            case '-' -> value.isEmpty() ? other : value;
            case '?' -> requireSet(name, value.isEmpty() ? other : value);
            default -> throw unsupported();
        };
    }

    private static String requireSet(String name, String value) {
        if (value.isEmpty()) {
            throw new Malformed(name + " has to be set", "Set it with ENV or ARG, or pass a build argument.");
        }
        return value;
    }

    private Malformed unsupported() {
        return new Malformed(
                "buildah cannot expand " + SourceBytes.readable(word),
                "Use one of ${X}, ${X:-word}, ${X:+word} and ${X:?message}; a literal dollar is \\$.");
    }

    private String value(String name) {
        String value = variables.apply(name);
        return value == null ? "" : value;
    }

    // A leading digit is a name of its own.
    private String readName() {
        int start = at;
        while (peek() != END && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
            int c = next();
            if (start == at - Character.charCount(c) && Character.isDigit(c)) {
                break;
            }
        }
        return word.substring(start, at);
    }

    private int peek() {
        return at < word.length() ? word.codePointAt(at) : END;
    }

    private int next() {
        int c = word.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }
}
