package io.sealos.images.internal.shell.syntax;

import io.sealos.images.internal.shell.syntax.ShellNode.AndOr;
import io.sealos.images.internal.shell.syntax.ShellNode.Branch;
import io.sealos.images.internal.shell.syntax.ShellNode.Calculation;
import io.sealos.images.internal.shell.syntax.ShellNode.Case;
import io.sealos.images.internal.shell.syntax.ShellNode.CaseBranch;
import io.sealos.images.internal.shell.syntax.ShellNode.Choice;
import io.sealos.images.internal.shell.syntax.ShellNode.Condition;
import io.sealos.images.internal.shell.syntax.ShellNode.Definition;
import io.sealos.images.internal.shell.syntax.ShellNode.Group;
import io.sealos.images.internal.shell.syntax.ShellNode.Link;
import io.sealos.images.internal.shell.syntax.ShellNode.Loop;
import io.sealos.images.internal.shell.syntax.ShellNode.Not;
import io.sealos.images.internal.shell.syntax.ShellNode.Pipeline;
import io.sealos.images.internal.shell.syntax.ShellNode.Redirect;
import io.sealos.images.internal.shell.syntax.ShellNode.While;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the commands of a script: POSIX shell and the common features of bash. */
public final class ShellParser {
    private static final Set<String> NOT_FIRST = Set.of("then", "do", "done", "fi", "else", "elif", "esac", "in", "}");

    private final ShellText in;

    ShellParser(ShellText in) {
        this.in = in;
    }

    /** Parses a script up to the first syntax error. A shell also runs the commands before an error. */
    public static ShellScript parse(String text, int firstLine) {
        ShellParser parser = new ShellParser(new ShellText(text, firstLine, 0));
        List<ShellNode> commands = new ArrayList<>();
        try {
            parser.readCommands(commands, "");
            if (!parser.in.atEnd()) {
                throw parser.in.problem("has an unexpected '" + parser.in.peek() + "'");
            }
            return new ShellScript(commands, null, 0);
        } catch (ShellSyntaxException e) {
            return new ShellScript(commands, e.getMessage(), e.line());
        }
    }

    /** {@return the commands up to one of the words, which is not consumed, or up to the end} */
    List<ShellNode> commandsUntil(String... ends) {
        in.enter();
        List<ShellNode> commands = new ArrayList<>();
        readCommands(commands, ends);
        in.leave();
        return commands;
    }

    private void readCommands(List<ShellNode> commands, String... ends) {
        skipSeparators();
        while (!in.atEnd() && !isEnd(ends)) {
            int start = in.at();
            commands.add(andOr());
            skipSeparators();
            if (in.at() == start) {
                throw in.problem("has an unexpected '" + in.peek() + "'");
            }
        }
    }

    private boolean isEnd(String... ends) {
        for (String end : ends) {
            boolean operator = !end.isEmpty() && ShellText.endsWord(end.charAt(0));
            if (!end.isEmpty() && (operator ? in.looking(end) : in.lookingWord(end))) {
                return true;
            }
        }
        return in.peek() == ')' || in.looking(";;");
    }

    private void skipSeparators() {
        in.skipLines();
        while ((in.peek() == ';' && in.peek(1) != ';')
                || (in.peek() == '&' && in.peek(1) != '&' && in.peek(1) != '>')) {
            in.next();
            in.skipLines();
        }
    }

    private ShellNode andOr() {
        ShellNode first = pipeline();
        List<Link> rest = new ArrayList<>();
        in.skipBlanks();
        while (in.looking("&&") || in.looking("||")) {
            boolean and = in.looking("&&");
            in.next();
            in.next();
            in.skipLines();
            rest.add(new Link(and, pipeline()));
            in.skipBlanks();
        }
        return rest.isEmpty() ? first : new AndOr(first, rest);
    }

    private ShellNode pipeline() {
        boolean not = false;
        while (in.lookingWord("!") || in.lookingWord("time")) {
            not ^= in.next() == '!';
            in.name();
            in.skipBlanks();
        }
        List<ShellNode> commands = new ArrayList<>(List.of(command()));
        in.skipBlanks();
        while (in.peek() == '|' && in.peek(1) != '|') {
            in.next();
            in.skip("&");
            in.skipLines();
            commands.add(command());
            in.skipBlanks();
        }
        ShellNode pipeline = commands.size() == 1 ? commands.get(0) : new Pipeline(commands);
        return not ? new Not(pipeline) : pipeline;
    }

    private ShellNode command() {
        in.enter();
        try {
            ShellNode compound = compound();
            return compound == null ? new SimpleParser(in).parse() : compound;
        } finally {
            in.leave();
        }
    }

    private @Nullable ShellNode compound() {
        if (in.looking("((")) {
            return arithmetic();
        }
        if (in.skip("(")) {
            List<ShellNode> commands = commandsUntil(")");
            expect(")");
            return group(commands, true);
        }
        for (String keyword : List.of("if", "while", "until", "for", "select", "case", "function", "[[", "{")) {
            if (in.lookingWord(keyword)) {
                in.skip(keyword);
                in.skipBlanks();
                return compound(keyword);
            }
        }
        for (String word : NOT_FIRST) {
            if (in.lookingWord(word)) {
                throw in.problem("has an unexpected '" + word + "'");
            }
        }
        return null;
    }

    private ShellNode compound(String keyword) {
        return switch (keyword) {
            case "if" -> choice();
            case "for", "select" -> loopOverWords();
            case "case" -> cases();
            case "function" -> function();
            case "[[" -> condition();
            case "{" -> braces();
            default -> loop(keyword.equals("until"));
        };
    }

    private void expect(String word) {
        in.skipLines();
        if (!in.skip(word)) {
            throw in.problem("lacks '" + word + "'");
        }
    }

    private ShellNode braces() {
        List<ShellNode> commands = commandsUntil("}");
        expect("}");
        return group(commands, false);
    }

    private ShellNode group(List<ShellNode> commands, boolean subshell) {
        List<Redirect> redirects = new ArrayList<>();
        SimpleParser simple = new SimpleParser(in);
        in.skipBlanks();
        while (simple.isRedirect()) {
            redirects.add(simple.redirect());
            in.skipBlanks();
        }
        return new Group(commands, subshell, redirects);
    }

    private ShellNode choice() {
        List<Branch> branches = new ArrayList<>();
        branches.add(branch());
        while (in.skip("elif")) {
            branches.add(branch());
        }
        if (in.lookingWord("else")) {
            in.skip("else");
            branches.add(new Branch(List.of(), plain(commandsUntil("fi"))));
        }
        expect("fi");
        return group(List.of(new Choice(branches)), false);
    }

    private Branch branch() {
        List<ShellNode> condition = commandsUntil("then");
        expect("then");
        return new Branch(condition, plain(commandsUntil("elif", "else", "fi")));
    }

    private static ShellNode plain(List<ShellNode> commands) {
        return new Group(commands, false, List.of());
    }

    private ShellNode loop(boolean until) {
        List<ShellNode> condition = commandsUntil("do");
        return group(List.of(new While(condition, until, body(), List.of())), false);
    }

    private ShellNode loopOverWords() {
        if (in.looking("((")) {
            return countingLoop();
        }
        String variable = in.name();
        if (variable == null) {
            throw in.problem("has a for without a name");
        }
        in.skipLines();
        List<Word> words = new ArrayList<>();
        boolean given = in.lookingWord("in");
        if (given) {
            in.skip("in");
            in.skipBlanks();
            while (!in.atEnd() && !ShellText.endsWord(in.peek())) {
                words.add(new WordParser(in).word());
                in.skipBlanks();
            }
        }
        List<Word> values = given ? words : List.of(new Word(List.of(SimpleParser.ALL_ARGUMENTS)));
        return group(List.of(new Loop(variable, values, body())), false);
    }

    private ShellNode countingLoop() {
        int line = in.line();
        String[] parts = arithmeticText().split(";", -1);
        if (parts.length != 3) {
            throw in.problem("has a for that is not understood");
        }
        List<ShellNode> test = parts[1].isBlank() ? List.of() : List.of(calculation(parts[1], line));
        ShellNode loop = new While(test, false, body(), List.of(calculation(parts[2], line)));
        return group(List.of(calculation(parts[0], line), loop), false);
    }

    private ShellNode body() {
        skipSeparators();
        String end = in.lookingWord("{") ? "}" : "done";
        expect(end.equals("}") ? "{" : "do");
        List<ShellNode> body = commandsUntil(end);
        expect(end);
        return plain(body);
    }

    private ShellNode cases() {
        Word word = new WordParser(in).word();
        in.skipLines();
        expect("in");
        in.skipLines();
        List<CaseBranch> branches = new ArrayList<>();
        while (!in.atEnd() && !in.lookingWord("esac")) {
            List<Word> patterns = patterns();
            branches.add(new CaseBranch(patterns, plain(commandsUntil("esac"))));
            in.skip(";;");
            in.skip("&");
            in.skipLines();
        }
        expect("esac");
        return group(List.of(new Case(word, branches)), false);
    }

    private List<Word> patterns() {
        in.skip("(");
        List<Word> patterns = new ArrayList<>();
        do {
            in.skipBlanks();
            patterns.add(new WordParser(in).word());
            in.skipBlanks();
        } while (in.skip("|"));
        if (!in.skip(")")) {
            throw in.problem("has a case pattern without ')'");
        }
        return patterns;
    }

    private ShellNode function() {
        int start = in.at();
        while (!in.atEnd() && !ShellText.endsWord(in.peek())) {
            in.next();
        }
        String name = in.since(start);
        in.skipBlanks();
        if (in.skip("(")) {
            in.skipBlanks();
            expect(")");
        }
        return definition(name);
    }

    private ShellNode definition(String name) {
        in.skipLines();
        return new Definition(name, command());
    }

    /** {@return the body of a function, the head of which has been read} */
    ShellNode functionBody() {
        return command();
    }

    private ShellNode condition() {
        List<Word> words = new ArrayList<>();
        in.skipLines();
        while (!in.atEnd() && !in.lookingWord("]]")) {
            words.add(in.looking("&&") || in.looking("||") ? Word.of("" + in.next() + in.next()) : conditionWord());
            in.skipLines();
        }
        expect("]]");
        return group(List.of(new Condition(words)), false);
    }

    private Word conditionWord() {
        return ShellText.endsWord(in.peek()) ? Word.of(String.valueOf(in.next())) : new WordParser(in).word();
    }

    private ShellNode arithmetic() {
        int line = in.line();
        return group(List.of(calculation(arithmeticText(), line)), false);
    }

    private ShellNode calculation(String expression, int line) {
        return new Calculation(in.expression(expression, line));
    }

    /** Reads an expression within double parentheses. */
    private String arithmeticText() {
        int open = 0;
        int start = in.at();
        do {
            char c = in.next();
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        } while (open > 0 && !in.atEnd());
        String text = in.since(start);
        return text.endsWith("))") ? text.substring(2, text.length() - 2) : "";
    }
}
