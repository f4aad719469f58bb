package io.sealos.kubefile.internal.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Splits a shell command line into words and operators. */
final class ShellTokens {
    private static final List<String> OPERATORS = List.of(
            "&>>", ";;&", "<<<", "<<-", "&&", "||", ";;", ";&", "|&", "&>", "<<", ">>", "<&", ">&", "<>", ">|", "(",
            ")", "<", ">", "|", "&", ";");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\[[^\\[\\]]*])?\\+?=");

    private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]+|\\{\\w+}");

    /** Limits the depth to which commands and quotes are nested. */
    static final class Nesting {
        /** The largest depth. It exceeds that of real commands, and does not exhaust the stack of a thread. */
        private static final int DEEPEST = 200;

        private int depth;

        /** Thrown if commands are nested too deeply to be checked. */
        static final class TooDeep extends RuntimeException {
            private static final long serialVersionUID = 1;

            TooDeep() {
                super("commands lie too deep in others", null, false, false);
            }
        }

        void enter() {
            depth++;
            if (depth > DEEPEST) {
                throw new TooDeep();
            }
        }

        void leave() {
            depth--;
        }
    }

    private record HereDocument(String end, boolean indented) {}

    private final String text;
    private final Set<Integer> separators;
    private final Nesting nesting;
    private final Deque<HereDocument> hereDocuments = new ArrayDeque<>();
    private int at;
    private boolean arrays = true;

    /**
     * Creates a reader of a text.
     *
     * @param text the text
     * @param from the index of the first character to read
     * @param separators collects the positions of the semicolons that separate commands in substitutions
     * @param nesting the depth at which the text is nested in other commands
     */
    ShellTokens(String text, int from, Set<Integer> separators, Nesting nesting) {
        this.text = text;
        this.at = from;
        this.separators = separators;
        this.nesting = nesting;
    }

    ShellToken next() {
        skipBlanks();
        int start = at;
        if (at == text.length()) {
            return new ShellToken(ShellToken.Kind.END, "", at, at);
        }
        if (text.charAt(at) == '\n') {
            at++;
            skipHereDocuments();
            return new ShellToken(ShellToken.Kind.NEWLINE, "\n", start, start + 1);
        }
        String operator = operator();
        if (!operator.isEmpty()) {
            at += operator.length();
            return new ShellToken(ShellToken.Kind.OPERATOR, operator, start, at);
        }
        skipWord();
        String word = text.substring(start, at);
        boolean descriptor = DESCRIPTOR.matcher(word).matches() && isRedirection() && !duplicates(start);
        String redirection = descriptor ? operator() : "";
        at += redirection.length();
        return redirection.isEmpty()
                ? new ShellToken(ShellToken.Kind.WORD, word, start, at)
                : new ShellToken(ShellToken.Kind.OPERATOR, redirection, start, at);
    }

    /** {@return whether the word is the number after {@code >&}, which is the target of that redirection} */
    private boolean duplicates(int start) {
        return text.startsWith(">&", start - 2) || text.startsWith("<&", start - 2);
    }

    private boolean isRedirection() {
        return text.startsWith("<", at) || text.startsWith(">", at);
    }

    /** Sets whether {@code NAME=(…)} is an assignment at this place. */
    void allowArrays(boolean allowed) {
        arrays = allowed;
    }

    /** Adds a here-document that ends at the line with this word. */
    void addHereDocument(String word, boolean indented) {
        hereDocuments.add(new HereDocument(word.replaceAll("[\"'\\\\]", ""), indented));
    }

    /**
     * Skips the rest of {@code ((…))} after the first parenthesis.
     *
     * @return false if no two parentheses close it, and so it is not arithmetic
     */
    boolean skipArithmetic() {
        boolean begins = text.startsWith("(", at);
        int end = begins ? arithmeticEnd(at + 1) : -1;
        at = end < 0 ? at : end;
        return end >= 0;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    private String operator() {
        return "&;|<>()".indexOf(text.charAt(at)) < 0 || isProcessSubstitution()
                ? ""
                : OPERATORS.stream()
                        .filter(it -> text.startsWith(it, at))
                        .findFirst()
                        .orElse("");
    }

    private boolean isProcessSubstitution() {
        return text.startsWith("<(", at) || text.startsWith(">(", at);
    }

    /**
     * Skips the here-documents. A here-document that is not closed extends to the end of the text; bash only prints a
     * warning for it.
     */
    private void skipHereDocuments() {
        while (!hereDocuments.isEmpty()) {
            HereDocument document = hereDocuments.remove();
            String line = "";
            do {
                int end = text.indexOf('\n', at);
                line = text.substring(at, end < 0 ? text.length() : end);
                at = end < 0 ? text.length() : end + 1;
            } while (at < text.length() && !ends(document, line));
        }
    }

    private static String withoutTabs(String line) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == '\t') {
            start++;
        }
        return line.substring(start);
    }

    private static boolean ends(HereDocument document, String line) {
        return document.end().equals(document.indented() ? withoutTabs(line) : line);
    }

    private void skipWord() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isProcessSubstitution()) {
                skipSubstitution(at + 2);
            } else if (c == '('
                    && arrays
                    && ASSIGNMENT.matcher(text.substring(start, at)).matches()) {
                skipArray();
            } else if (" \t\n;&|()<>".indexOf(c) >= 0) {
                return;
            } else {
                skipPart(false);
            }
        }
    }

    private void skipArray() {
        nesting.enter();
        ShellTokens elements = new ShellTokens(text, at + 1, separators, nesting);
        ShellToken token = elements.next();
        while (token.isWord() || token.isNewline()) {
            token = elements.next();
        }
        if (!token.isOperator(")")) {
            throw token.isEnd() ? ShellRefusal.unclosed(at, "(") : ShellRefusal.unexpected(token);
        }
        nesting.leave();
        at = token.end();
    }

    /** Skips one character, or the quoted text or substitution that it begins. */
    private void skipPart(boolean quoted) {
        switch (text.charAt(at)) {
            case '\\' -> at = Math.min(text.length(), at + 2);
            case '\'' -> at = quoted ? at + 1 : endAfter('\'', at + 1, "'");
            case '"' -> skipUntil('"', at, "\"", at + 1, true);
            case '`' -> skipBackticks();
            case '$' -> skipDollar(quoted);
            default -> at++;
        }
    }

    private int endAfter(char end, int from, String opening) {
        int found = text.indexOf(end, from);
        if (found < 0) {
            throw ShellRefusal.unclosed(at, opening);
        }
        return found + 1;
    }

    /** Skips to the end of a text in which quotes and substitutions count. */
    private void skipUntil(char end, int start, String opening, int from, boolean quoted) {
        nesting.enter();
        at = from;
        while (at < text.length() && text.charAt(at) != end) {
            skipPart(quoted);
        }
        nesting.leave();
        if (at == text.length()) {
            throw ShellRefusal.unclosed(start, opening);
        }
        at++;
    }

    private void skipBackticks() {
        int start = at++;
        while (at < text.length() && text.charAt(at) != '`') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw ShellRefusal.unclosed(start, "`");
        }
        at++;
    }

    private void skipDollar(boolean quoted) {
        int start = at;
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (next == '{') {
            skipUntil('}', start, "${", at + 2, quoted);
        } else if (next == '[') {
            skipUntil(']', start, "$[", at + 2, quoted);
        } else if (next == '(') {
            if (text.startsWith("(", at + 2)) {
                skipParentheses();
            } else {
                skipSubstitution(at + 2);
            }
        } else if (next == '\'' && !quoted) {
            at++;
            skipAnsiQuotes();
        } else {
            at += next == '$' ? 2 : 1;
        }
    }

    private void skipAnsiQuotes() {
        int start = at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw ShellRefusal.unclosed(start, "'");
        }
        at++;
    }

    /**
     * Skips a text after {@code $((}, whether or not it is arithmetic, because bash only looks for its last
     * parenthesis.
     */
    private void skipParentheses() {
        int start = at;
        int open = 0;
        nesting.enter();
        at++;
        do {
            if (at >= text.length()) {
                throw ShellRefusal.unclosed(start, "$((");
            }
            char c = text.charAt(at);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ';') {
                separators.add(at);
            }
            skipPart(false);
        } while (open > 0);
        nesting.leave();
    }

    private void skipSubstitution(int from) {
        int start = at;
        nesting.enter();
        ShellToken end = new ShellGrammar(new ShellTokens(text, from, separators, nesting), separators, nesting)
                .listInParentheses();
        nesting.leave();
        if (end.isEnd()) {
            throw ShellRefusal.unclosed(start, text.substring(start, from));
        }
        at = end.end();
    }

    /** {@return the index after the arithmetic; -1 if no two parentheses close it} */
    private int arithmeticEnd(int from) {
        int open = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ')' && open == 0) {
                return text.startsWith("))", i) ? i + 2 : -1;
            }
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return -1;
    }
}
