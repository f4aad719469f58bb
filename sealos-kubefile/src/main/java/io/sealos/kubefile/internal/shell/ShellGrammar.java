package io.sealos.kubefile.internal.shell;

import java.util.Set;
import java.util.regex.Pattern;

/** Parses lists of commands, and throws a {@link ShellRefusal} if bash would refuse them. */
final class ShellGrammar {
    /** The words with which no command can begin. */
    private static final Set<String> CLOSING =
            Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}", "in", "]]");

    private static final Set<String> COMPOUND =
            Set.of("if", "while", "until", "for", "select", "case", "{", "[[", "function", "coproc");
    private static final Set<String> CASE_ENDS = Set.of(";;", ";&", ";;&");
    private static final Set<String> REDIRECTIONS =
            Set.of("<", ">", ">>", ">|", "<>", "<&", ">&", "&>", "&>>", "<<", "<<-", "<<<");
    /** Words after which an assignment may follow: assignments, the commands that declare variables, their options. */
    private static final Pattern ASSIGNING = Pattern.compile(
            "(?s)[A-Za-z_][A-Za-z0-9_]*(\\[.*])?\\+?=.*|declare|typeset|local|readonly|export|alias|-.*");

    private final ShellTokens tokens;
    private final Set<Integer> separators;
    private final ShellTokens.Nesting nesting;
    private ShellToken token;

    /**
     * Creates a parser of these tokens.
     *
     * @param tokens the tokens
     * @param separators collects the positions of the semicolons that separate commands
     * @param nesting the nesting depth
     */
    ShellGrammar(ShellTokens tokens, Set<Integer> separators, ShellTokens.Nesting nesting) {
        this.tokens = tokens;
        this.separators = separators;
        this.nesting = nesting;
        this.token = tokens.next();
    }

    void all() {
        list();
        if (!token.isEnd()) {
            throw ShellRefusal.unexpected(token);
        }
    }

    /** {@return the parenthesis that closes the list, or the end of the text if none does} */
    ShellToken listInParentheses() {
        list();
        if (!token.isEnd() && !token.isOperator(")")) {
            throw ShellRefusal.unexpected(token);
        }
        return token;
    }

    private void advance() {
        token = tokens.next();
    }

    private void skipNewlines() {
        while (token.isNewline()) {
            advance();
        }
    }

    private boolean endsList() {
        return token.isEnd()
                || token.isOperator(")")
                || (token.isWord() && CLOSING.contains(token.text()))
                || isCaseEnd();
    }

    private boolean isCaseEnd() {
        return !token.isWord() && CASE_ENDS.contains(token.text());
    }

    /** {@return whether there is a command in the list} */
    private boolean list() {
        nesting.enter();
        skipNewlines();
        boolean any = !endsList();
        boolean more = any;
        while (more) {
            chain();
            boolean separated = token.isNewline() || token.isOperator(";") || token.isOperator("&");
            if (token.isOperator(";")) {
                separators.add(token.start());
            }
            if (separated) {
                advance();
                skipNewlines();
            }
            more = separated && !endsList();
        }
        nesting.leave();
        return any;
    }

    private void listOf(ShellToken beginning) {
        if (!list()) {
            throw token.isEnd() ? ShellRefusal.unclosed(beginning.start(), beginning.text()) : unexpected();
        }
    }

    private ShellRefusal unexpected() {
        return ShellRefusal.unexpected(token);
    }

    private void chain() {
        pipeline();
        while (token.isOperator("&&") || token.isOperator("||")) {
            advance();
            skipNewlines();
            pipeline();
        }
    }

    private void pipeline() {
        boolean marked = false;
        while (token.isWord("!") || token.isWord("time") || (marked && token.isWord("-p"))) {
            advance();
            marked = true;
        }
        if (marked && (token.isEnd() || token.isNewline() || token.isOperator(";"))) {
            return;
        }
        command();
        while (token.isOperator("|") || token.isOperator("|&")) {
            advance();
            skipNewlines();
            command();
        }
    }

    private void command() {
        if (token.isOperator("(") || (token.isWord() && COMPOUND.contains(token.text()))) {
            compound();
        } else if (isRedirection() || (token.isWord() && !CLOSING.contains(token.text()))) {
            simple();
        } else {
            throw unexpected();
        }
    }

    private void simple() {
        int words = 0;
        boolean assigning = true;
        while (true) {
            if (token.isWord()) {
                assigning &= ASSIGNING.matcher(token.text()).matches();
                tokens.allowArrays(assigning);
                advance();
                words++;
            } else if (isRedirection()) {
                redirection();
            } else if (token.isOperator("(") && words == 1) {
                advance();
                require(")");
                functionBody();
                return;
            } else {
                break;
            }
        }
        if (token.isOperator("(")) {
            throw unexpected();
        }
        tokens.allowArrays(true);
    }

    private boolean isRedirection() {
        return !token.isWord() && REDIRECTIONS.contains(token.text());
    }

    private void redirection() {
        String operator = token.text();
        advance();
        if (!token.isWord()) {
            throw unexpected();
        }
        if (operator.equals("<<") || operator.equals("<<-")) {
            tokens.addHereDocument(token.text(), operator.equals("<<-"));
        }
        advance();
    }

    /** Reads the redirections of a compound command; nothing else may follow before the next separator. */
    private void redirections() {
        while (true) {
            if (isRedirection()) {
                redirection();
            } else if (token.isWord() && !CLOSING.contains(token.text())) {
                throw unexpected();
            } else {
                return;
            }
        }
    }

    private void require(String operator) {
        if (!token.isOperator(operator)) {
            throw unexpected();
        }
        advance();
    }

    private void requireWord(ShellToken beginning, String word) {
        if (!token.isWord(word)) {
            throw token.isEnd() ? ShellRefusal.unclosed(beginning.start(), beginning.text()) : unexpected();
        }
        advance();
    }

    private void functionBody() {
        skipNewlines();
        if (!token.isOperator("(") && !(token.isWord() && COMPOUND.contains(token.text()))) {
            throw unexpected();
        }
        compound();
    }

    private void compound() {
        nesting.enter();
        switch (token.text()) {
            case "function" -> function();
            case "coproc" -> {
                advance();
                command();
            }
            default -> {
                compound(token);
                redirections();
            }
        }
        nesting.leave();
    }

    private void compound(ShellToken beginning) {
        switch (beginning.text()) {
            case "(" -> parentheses(beginning);
            case "{" -> group(beginning);
            case "if" -> conditional(beginning);
            case "while", "until" -> loop(beginning);
            case "for", "select" -> iteration(beginning);
            case "case" -> selection(beginning);
            default -> test(beginning);
        }
    }

    private void parentheses(ShellToken beginning) {
        if (tokens.skipArithmetic()) {
            advance();
            return;
        }
        advance();
        listOf(beginning);
        if (token.isEnd()) {
            throw ShellRefusal.unclosed(beginning.start(), "(");
        }
        require(")");
    }

    private void group(ShellToken beginning) {
        advance();
        listOf(beginning);
        requireWord(beginning, "}");
    }

    private void conditional(ShellToken beginning) {
        do {
            advance();
            listOf(beginning);
            requireWord(beginning, "then");
            listOf(beginning);
        } while (token.isWord("elif"));
        if (token.isWord("else")) {
            advance();
            listOf(beginning);
        }
        requireWord(beginning, "fi");
    }

    private void loop(ShellToken beginning) {
        advance();
        listOf(beginning);
        body(beginning);
    }

    private void body(ShellToken beginning) {
        requireWord(beginning, "do");
        listOf(beginning);
        requireWord(beginning, "done");
    }

    private void iteration(ShellToken beginning) {
        advance();
        boolean counted = token.isOperator("(") && tokens.skipArithmetic();
        if (!counted && !token.isWord()) {
            throw unexpected();
        }
        advance();
        boolean separated = token.isNewline();
        skipNewlines();
        if (!counted && token.isWord("in")) {
            do {
                advance();
            } while (token.isWord());
            separated = false;
        }
        skipSeparator(separated);
        if (token.isWord("{")) {
            group(token);
        } else {
            body(beginning);
        }
    }

    private void skipSeparator(boolean separated) {
        if (token.isOperator(";") && !separated) {
            separators.add(token.start());
            advance();
        }
        skipNewlines();
    }

    private void selection(ShellToken beginning) {
        advance();
        if (!token.isWord()) {
            throw unexpected();
        }
        advance();
        skipNewlines();
        requireWord(beginning, "in");
        skipNewlines();
        boolean more = !token.isWord("esac");
        while (more) {
            pattern(beginning);
            list();
            boolean ended = isCaseEnd();
            if (ended) {
                advance();
                skipNewlines();
            }
            more = ended && !token.isWord("esac");
        }
        requireWord(beginning, "esac");
    }

    private void pattern(ShellToken beginning) {
        if (token.isOperator("(")) {
            advance();
        }
        while (true) {
            if (!token.isWord()) {
                throw token.isEnd() ? ShellRefusal.unclosed(beginning.start(), "case") : unexpected();
            }
            advance();
            if (!token.isOperator("|")) {
                require(")");
                return;
            }
            advance();
        }
    }

    /** Skips a conditional expression, whose contents are not checked. */
    private void test(ShellToken beginning) {
        while (!token.isWord("]]")) {
            if (token.isEnd() || token.isOperator(";")) {
                throw ShellRefusal.unclosed(beginning.start(), "[[");
            }
            advance();
        }
        advance();
    }

    private void function() {
        advance();
        if (!token.isWord()) {
            throw unexpected();
        }
        advance();
        if (token.isOperator("(")) {
            advance();
            require(")");
        }
        functionBody();
    }
}
