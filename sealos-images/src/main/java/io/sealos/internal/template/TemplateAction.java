package io.sealos.internal.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An action of a Go template, the text between double braces, split into words as by the lexer of Go.
 *
 * @param start the index of the opening braces
 * @param end the index after the closing braces
 * @param words the words, operators and texts
 */
public record TemplateAction(int start, int end, List<Word> words) {
    /** The kinds of words. */
    public enum Kind {
        /** A function, a keyword, true, false or nil. */
        NAME,
        FIELD,
        VARIABLE,
        /** A number, a text or a character. */
        LITERAL,
        OPERATOR
    }

    /** A word, operator or text, with its index in the template. */
    public record Word(Kind kind, String text, int at) {
        /** {@return the index after the word} */
        public int end() {
            return at + text.length();
        }

        public boolean is(String other) {
            return text.equals(other) && kind != Kind.LITERAL;
        }
    }

    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?(0[xX][0-9a-fA-F_.]+(?:[pP][+-]?[0-9_]+)?|0[bBoO][0-9_]+|(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)"
                    + "(?:[eE][+-]?[0-9_]+)?)i?");

    /** {@return the action that starts at an index, whose opening braces and trim marker end before {@code from}} */
    static TemplateAction read(String text, int start, int from) {
        return new Reader(text, start, from).read();
    }

    private static final class Reader {
        private final String text;
        private final int start;
        private final List<Word> words = new ArrayList<>();
        private int at;

        Reader(String text, int start, int from) {
            this.text = text;
            this.start = start;
            this.at = from;
        }

        TemplateAction read() {
            while (closing() == 0) {
                if (at >= text.length()) {
                    throw new TemplateFault(start, "the action is never closed");
                }
                if (Character.isWhitespace(text.charAt(at))) {
                    at++;
                } else {
                    readWord();
                }
            }
            return new TemplateAction(start, at + closing(), List.copyOf(words));
        }

        /**
         * {@return the length of closing braces at this index, including a trim marker before them; 0 if there are
         * none}
         */
        private int closing() {
            if (text.startsWith("}}", at)) {
                return 2;
            }
            boolean blank = at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0;
            return blank && text.startsWith("-}}", at + 1) ? 4 : 0;
        }

        private void readWord() {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (c == '"' || c == '`' || c == '\'') {
                readQuoted(c);
            } else if (isDigit(c) || ("+-.".indexOf(c) >= 0 && (isDigit(next) || (c != '.' && next == '.')))) {
                readNumber();
            } else if (c == '.' || c == '$') {
                readName(c == '.' ? Kind.FIELD : Kind.VARIABLE);
            } else if (isLetter(c)) {
                readName(Kind.NAME);
            } else {
                readOperator(c);
            }
        }

        private void readQuoted(char quote) {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != quote) {
                if (quote != '`' && text.charAt(end) == '\n') {
                    throw new TemplateFault(at, "a " + quote + " is not closed in its line");
                }
                end += quote != '`' && text.charAt(end) == '\\' ? 2 : 1;
            }
            if (end >= text.length()) {
                throw new TemplateFault(at, "a " + quote + " is never closed");
            }
            add(Kind.LITERAL, end + 1);
        }

        private void readNumber() {
            Matcher number = NUMBER.matcher(text).region(at, text.length());
            if (!number.lookingAt() || (number.end() < text.length() && isWordPart(text.charAt(number.end())))) {
                throw new TemplateFault(at, "a number is written as none can be");
            }
            add(Kind.LITERAL, number.end());
        }

        private void readName(Kind kind) {
            int end = at + 1;
            while (end < text.length() && isWordPart(text.charAt(end))) {
                end++;
            }
            boolean alone = kind != Kind.NAME && end == at + 1;
            if (end < text.length() && !alone && !isTerminator(end)) {
                throw new TemplateFault(end, "a " + text.charAt(end) + " stands where a name ends");
            }
            add(kind, end);
        }

        private boolean isTerminator(int place) {
            char c = text.charAt(place);
            return Character.isWhitespace(c) || ".,|:=()".indexOf(c) >= 0 || text.startsWith("}}", place);
        }

        private void readOperator(char c) {
            if (text.startsWith(":=", at)) {
                add(Kind.OPERATOR, at + 2);
            } else if ("()|=,".indexOf(c) >= 0) {
                add(Kind.OPERATOR, at + 1);
            } else {
                throw new TemplateFault(at, "a " + c + " stands where none can");
            }
        }

        private void add(Kind kind, int end) {
            words.add(new Word(kind, text.substring(at, end), at));
            at = end;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isLetter(char c) {
            return Character.isLetter(c) || Character.isSurrogate(c) || c == '_';
        }

        private static boolean isWordPart(char c) {
            return isLetter(c) || Character.isDigit(c);
        }
    }
}
