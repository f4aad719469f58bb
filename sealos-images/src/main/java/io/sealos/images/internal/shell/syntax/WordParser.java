package io.sealos.images.internal.shell.syntax;

import io.sealos.images.internal.shell.syntax.Word.Arithmetic;
import io.sealos.images.internal.shell.syntax.Word.Literal;
import io.sealos.images.internal.shell.syntax.Word.Part;
import io.sealos.images.internal.shell.syntax.Word.ProcessFile;
import io.sealos.images.internal.shell.syntax.Word.Substitution;
import java.util.ArrayList;
import java.util.List;

/** Parses words with their quotes and expansions. */
final class WordParser {
    private final ShellText in;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean textQuoted;

    WordParser(ShellText in) {
        this.in = in;
    }

    /** {@return a word up to a blank, a line terminator or an operator} */
    Word word() {
        return until("", false);
    }

    /**
     * {@return the word after the operator in <code>${X:-…}</code>, up to the brace or one of the other end characters}
     */
    Word operand(String ends, boolean quoted) {
        return until(ends, quoted);
    }

    /** {@return a whole text in which only dollar sign, backquote and backslash are special} */
    Word document() {
        while (!in.atEnd()) {
            if (!expansion(true)) {
                quotedCharacter("$`\\\n");
            }
        }
        return finish();
    }

    private Word until(String ends, boolean quoted) {
        in.enter();
        while (!in.atEnd() && !isEnd(ends)) {
            readPiece(!ends.isEmpty() && quoted);
        }
        in.leave();
        return finish();
    }

    private boolean isEnd(String ends) {
        return ends.isEmpty() ? ShellText.endsWord(in.peek()) && !processSubstitution() : ends.indexOf(in.peek()) >= 0;
    }

    private boolean processSubstitution() {
        return (in.looking("<(") || in.looking(">(")) && parts.isEmpty() && text.isEmpty();
    }

    private void readPiece(boolean quoted) {
        char c = in.peek();
        if (c == '\\') {
            escaped(quoted);
        } else if (c == '"') {
            in.next();
            doubleQuoted();
        } else if (c == '\'' && !quoted) {
            in.next();
            singleQuoted();
        } else if (in.looking("$'") && !quoted) {
            in.skip("$'");
            ansiQuoted();
        } else if (in.looking("<(") || in.looking(">(")) {
            processed();
        } else if (!(in.looking("$\"") ? in.skip("$") : expansion(quoted))) {
            append(in.next(), quoted);
        }
    }

    private void escaped(boolean quoted) {
        in.next();
        if (in.peek() == '\n') {
            in.next();
        } else if (quoted && "$`\"\\}".indexOf(in.peek()) < 0) {
            append('\\', true);
        } else if (!in.atEnd()) {
            append(in.next(), true);
        }
    }

    private void doubleQuoted() {
        append("", true);
        while (!in.atEnd() && in.peek() != '"') {
            if (!expansion(true)) {
                quotedCharacter("$`\"\\\n");
            }
        }
        close('"');
    }

    private void quotedCharacter(String escapable) {
        char c = in.next();
        if (c != '\\' || in.atEnd() || escapable.indexOf(in.peek()) < 0) {
            append(c, true);
        } else if (in.next() != '\n') {
            append(in.since(in.at() - 1), true);
        }
    }

    private void singleQuoted() {
        int start = in.at();
        while (!in.atEnd() && in.peek() != '\'') {
            in.next();
        }
        append(in.since(start), true);
        close('\'');
    }

    private void ansiQuoted() {
        append("", true);
        while (!in.atEnd() && in.peek() != '\'') {
            char c = in.next();
            append(c == '\\' && !in.atEnd() ? unescape(in.next()) : c, true);
        }
        close('\'');
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> c;
        };
    }

    private void close(char quote) {
        if (in.atEnd()) {
            throw in.problem("has a " + quote + " without its end");
        }
        in.next();
    }

    /**
     * Parses the expansion that begins at a dollar sign or backquote.
     *
     * @return false if there is none
     */
    private boolean expansion(boolean quoted) {
        if (in.peek() == '`') {
            backquoted(quoted);
            return true;
        }
        if (in.peek() != '$') {
            return false;
        }
        if (in.looking("$((") && arithmetic(quoted)) {
            return true;
        }
        if (in.looking("$(")) {
            substitution(quoted);
            return true;
        }
        Part parameter = new ParameterParser(in, quoted).parse();
        if (parameter != null) {
            add(parameter);
        }
        return parameter != null;
    }

    private void substitution(boolean quoted) {
        int start = in.at();
        in.skip("$(");
        List<ShellNode> commands = new ShellParser(in).commandsUntil(")");
        if (!in.skip(")")) {
            throw in.problem("has a $( without its end");
        }
        add(new Substitution(commands, in.since(start), quoted));
    }

    private void backquoted(boolean quoted) {
        int line = in.line();
        in.next();
        StringBuilder inner = new StringBuilder();
        while (!in.atEnd() && in.peek() != '`') {
            char c = in.next();
            boolean escape = c == '\\' && "`\\$".indexOf(in.peek()) >= 0 && !in.atEnd();
            inner.append(escape ? in.next() : c);
        }
        close('`');
        String source = inner.toString();
        add(new Substitution(new ShellParser(in.inner(source, line)).commandsUntil(""), "`" + source + "`", quoted));
    }

    /**
     * Parses {@code $((…))}.
     *
     * @return false if the two parentheses belong to a command
     */
    private boolean arithmetic(boolean quoted) {
        int start = in.at();
        int line = in.line();
        in.skip("$((");
        int open = 2;
        while (!in.atEnd() && open > 0) {
            char c = in.next();
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '\n' || (open == 1 && in.peek() != ')')) {
                in.back(start, line);
                return false;
            }
        }
        if (open > 0) {
            throw in.problem("has a $(( without its end");
        }
        String source = in.since(start);
        add(new Arithmetic(in.expression(source.substring(3, source.length() - 2), line), source, quoted));
        return true;
    }

    private void processed() {
        int start = in.at();
        in.next();
        in.next();
        List<ShellNode> commands = new ShellParser(in).commandsUntil(")");
        in.skip(")");
        add(new ProcessFile(commands, in.since(start)));
    }

    private void add(Part part) {
        flush();
        parts.add(part);
    }

    private void append(char c, boolean quoted) {
        append(String.valueOf(c), quoted);
    }

    private void append(String more, boolean quoted) {
        if (textQuoted != quoted) {
            flush();
            textQuoted = quoted;
        }
        text.append(more);
        if (quoted && more.isEmpty() && text.isEmpty()) {
            parts.add(new Literal("", true));
        }
    }

    private void flush() {
        if (!text.isEmpty()) {
            parts.add(new Literal(text.toString(), textQuoted));
            text.setLength(0);
        }
    }

    private Word finish() {
        flush();
        Word word = new Word(List.copyOf(parts));
        parts.clear();
        return word;
    }
}
