package io.sealos.images.internal.shell;

import io.sealos.images.internal.shell.ShellNode.AndOr;
import io.sealos.images.internal.shell.ShellNode.Choice;
import io.sealos.images.internal.shell.ShellNode.Definition;
import io.sealos.images.internal.shell.ShellNode.Group;
import io.sealos.images.internal.shell.ShellNode.Link;
import io.sealos.images.internal.shell.ShellNode.Loop;
import io.sealos.images.internal.shell.ShellNode.Pipeline;
import io.sealos.images.internal.shell.ShellNode.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the commands of a script: POSIX shell and what is common of bash. */
final class ShellParser {
    private static final Set<String> NOT_FIRST = Set.of("then", "do", "done", "fi", "else", "elif", "esac", "in", "}");

    private final ShellText in;

    ShellParser(ShellText in) {
        this.in = in;
    }

    /** Reads a script as far as it is understood; a shell, too, runs what stands before an error. */
    static ShellScript parse(String text, int firstLine) {
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

    /** The commands up to one of the words, which is not consumed; up to the end if there is none. */
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
        while (in.lookingWord("!") || in.lookingWord("time")) {
            in.next();
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
        return commands.size() == 1 ? commands.get(0) : new Pipeline(commands);
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
            default -> loop();
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
        ShellNode first = plain(commandsUntil("then"));
        expect("then");
        List<ShellNode> branches = new ArrayList<>(List.of(plain(commandsUntil("elif", "else", "fi"))));
        boolean otherwise = false;
        while (in.lookingWord("elif")) {
            in.skip("elif");
            List<ShellNode> branch = new ArrayList<>(commandsUntil("then"));
            expect("then");
            branch.addAll(commandsUntil("elif", "else", "fi"));
            branches.add(plain(branch));
        }
        if (in.lookingWord("else")) {
            in.skip("else");
            branches.add(plain(commandsUntil("fi")));
            otherwise = true;
        }
        expect("fi");
        if (!otherwise) {
            branches.add(plain(List.of()));
        }
        return group(List.of(new Choice(first, branches)), false);
    }

    private static ShellNode plain(List<ShellNode> commands) {
        return new Group(commands, false, List.of());
    }

    private ShellNode loop() {
        List<ShellNode> body = new ArrayList<>(commandsUntil("do"));
        expect("do");
        body.addAll(commandsUntil("done"));
        expect("done");
        return group(List.of(new Loop("", null, plain(body))), false);
    }

    private ShellNode loopOverWords() {
        if (in.looking("((")) {
            arithmetic();
            return body("", null);
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
        return body(variable, given ? words : List.of(new Word(List.of(SimpleParser.ALL_ARGUMENTS))));
    }

    private ShellNode body(String variable, @Nullable List<Word> words) {
        skipSeparators();
        String end = in.lookingWord("{") ? "}" : "done";
        expect(end.equals("}") ? "{" : "do");
        List<ShellNode> body = commandsUntil(end);
        expect(end);
        return group(List.of(new Loop(variable, words, plain(body))), false);
    }

    private ShellNode cases() {
        new WordParser(in).word();
        in.skipLines();
        expect("in");
        in.skipLines();
        List<ShellNode> branches = new ArrayList<>();
        boolean otherwise = false;
        while (!in.atEnd() && !in.lookingWord("esac")) {
            otherwise |= patterns();
            branches.add(plain(commandsUntil("esac")));
            in.skip(";;");
            in.skip("&");
            in.skipLines();
        }
        expect("esac");
        if (!otherwise) {
            branches.add(plain(List.of()));
        }
        return group(List.of(new Choice(plain(List.of()), branches)), false);
    }

    /** Whether the patterns match everything. */
    private boolean patterns() {
        in.skip("(");
        boolean everything = false;
        do {
            in.skipBlanks();
            Word pattern = new WordParser(in).word();
            everything |= "*".equals(pattern.literal());
            in.skipBlanks();
        } while (in.skip("|"));
        if (!in.skip(")")) {
            throw in.problem("has a case pattern without ')'");
        }
        return everything;
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

    /** The body of a function whose head was read. */
    ShellNode body() {
        return command();
    }

    private ShellNode condition() {
        int start = in.at();
        while (!in.atEnd() && !in.lookingWord("]]")) {
            in.skipLines();
            if (!in.lookingWord("]]") && (in.atEnd() || ShellText.endsWord(in.peek()))) {
                in.next();
            } else if (!in.lookingWord("]]")) {
                new WordParser(in).word();
            }
        }
        expect("]]");
        return SimpleParser.test(in.line(), in.since(start));
    }

    private ShellNode arithmetic() {
        int open = 0;
        int start = in.at();
        do {
            char c = in.next();
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        } while (open > 0 && !in.atEnd());
        return SimpleParser.test(in.line(), in.since(start));
    }
}
