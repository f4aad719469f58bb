package io.sealos.images.internal.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The characters of a script with the current position, and the here-documents that begin on the next line. */
public final class ShellText {
    private static final int MAX_DEPTH = 100;
    private static final String END_OF_WORD = " \t\n;&|()<>";

    private record Pending(ShellNode.Redirect redirect, String delimiter, boolean tabs, boolean raw) {}

    private final String text;
    private final List<Pending> pending = new ArrayList<>();
    private int at;
    private int line;
    private int depth;

    ShellText(String text, int firstLine, int depth) {
        this.text = text;
        this.line = firstLine;
        this.depth = depth;
    }

    /** {@return a text inside this one, such as the text in backquotes} */
    ShellText inner(String innerText, int firstLine) {
        enter();
        leave();
        return new ShellText(innerText, firstLine, depth + 1);
    }

    /** {@return a text in which only expansions are special, such as an arithmetic expression} */
    Word expression(String expression, int firstLine) {
        return new WordParser(inner(expression, firstLine)).document();
    }

    boolean atEnd() {
        return at >= text.length();
    }

    int line() {
        return line;
    }

    int at() {
        return at;
    }

    String since(int start) {
        return text.substring(start, at);
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    char next() {
        char c = peek();
        if (c == '\n') {
            line++;
        }
        at += atEnd() ? 0 : 1;
        return c;
    }

    boolean looking(String wanted) {
        return text.startsWith(wanted, at);
    }

    boolean skip(String wanted) {
        if (!looking(wanted)) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            next();
        }
        return true;
    }

    /** {@return whether the next word is exactly this one} */
    boolean lookingWord(String word) {
        return looking(word) && (at + word.length() >= text.length() || endsWord(peek(word.length())));
    }

    static boolean endsWord(char c) {
        return END_OF_WORD.indexOf(c) >= 0;
    }

    /** Skips blanks, line continuations and comments. */
    void skipBlanks() {
        boolean more = true;
        while (more && !atEnd()) {
            more = false;
            while (peek() == ' ' || peek() == '\t' || peek() == '\r' || looking("\\\n") || looking("\\\r\n")) {
                more = true;
                if (peek() == '\\') {
                    next();
                    skip("\r");
                }
                next();
            }
            if (peek() == '#' && !atEnd()) {
                skipComment();
            }
        }
    }

    private void skipComment() {
        while (!atEnd() && peek() != '\n') {
            next();
        }
    }

    /** Skips blanks and line terminators, and reads the here-documents that follow them. */
    void skipLines() {
        skipBlanks();
        while (!atEnd() && peek() == '\n') {
            endLine();
            skipBlanks();
        }
    }

    void endLine() {
        next();
        List<Pending> documents = List.copyOf(pending);
        pending.clear();
        for (Pending document : documents) {
            readDocument(document);
        }
    }

    void await(ShellNode.Redirect redirect, String delimiter, boolean tabs, boolean raw) {
        pending.add(new Pending(redirect, delimiter, tabs, raw));
    }

    private static String withoutTabs(String row) {
        int start = 0;
        while (start < row.length() && row.charAt(start) == '\t') {
            start++;
        }
        return row.substring(start);
    }

    private void readDocument(Pending document) {
        int start = line;
        StringBuilder body = new StringBuilder();
        while (!atEnd()) {
            String row = row();
            String shown = document.tabs() ? withoutTabs(row) : row;
            if (shown.equals(document.delimiter())) {
                break;
            }
            body.append(shown).append('\n');
        }
        Word word = document.raw()
                ? new Word(List.of(new Word.Literal(body.toString(), true)))
                : new WordParser(inner(body.toString(), start)).document();
        document.redirect().setDocument(word);
    }

    private String row() {
        int start = at;
        while (!atEnd() && peek() != '\n') {
            next();
        }
        String row = text.substring(start, at);
        next();
        return row.endsWith("\r") ? row.substring(0, row.length() - 1) : row;
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw problem("is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    void leave() {
        depth--;
    }

    ShellSyntaxException problem(String message) {
        return new ShellSyntaxException(line, message);
    }

    /** {@return the name of a variable or function; null if there is none} */
    @Nullable
    String name() {
        int end = at;
        while (end < text.length() && isNameCharacter(text.charAt(end), end == at)) {
            end++;
        }
        String name = text.substring(at, end);
        at = end;
        return name.isEmpty() ? null : name;
    }

    /** Returns to an earlier position. */
    void back(int start, int startLine) {
        at = start;
        line = startLine;
    }

    public static boolean isNameCharacter(char c, boolean first) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
    }
}
