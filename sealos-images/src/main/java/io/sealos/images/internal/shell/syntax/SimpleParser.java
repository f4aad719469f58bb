package io.sealos.images.internal.shell.syntax;

import io.sealos.images.internal.shell.syntax.ShellNode.Assignment;
import io.sealos.images.internal.shell.syntax.ShellNode.Definition;
import io.sealos.images.internal.shell.syntax.ShellNode.Item;
import io.sealos.images.internal.shell.syntax.ShellNode.Redirect;
import io.sealos.images.internal.shell.syntax.ShellNode.Simple;
import io.sealos.images.internal.shell.syntax.Word.Parameter;
import io.sealos.images.internal.shell.syntax.Word.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a simple command with its assignments, words and redirections, or the definition of a function. */
public final class SimpleParser {
    static final Parameter ALL_ARGUMENTS =
            new Parameter("@", Word.EMPTY, Prefix.NONE, "", Word.EMPTY, Word.EMPTY, true);

    /** The commands whose arguments may be assignments. */
    public static final Set<String> DECLARING = Set.of("export", "declare", "local", "readonly", "typeset");

    private static final String[] REDIRECTS = {"&>>", "&>", "<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">"};

    private final ShellText in;
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private final List<Redirect> redirects = new ArrayList<>();

    SimpleParser(ShellText in) {
        this.in = in;
    }

    ShellNode parse() {
        int line = in.line();
        in.skipBlanks();
        while (!in.atEnd()) {
            if (isRedirect()) {
                redirects.add(redirect());
            } else if (ShellText.endsWord(in.peek()) && !in.looking("<(") && !in.looking(">(")) {
                break;
            } else if (!readAssignment()) {
                words.add(new WordParser(in).word());
                String name = functionName();
                if (name != null) {
                    return function(name);
                }
            }
            in.skipBlanks();
        }
        return new Simple(line, List.copyOf(assignments), List.copyOf(words), List.copyOf(redirects));
    }

    private @Nullable String functionName() {
        in.skipBlanks();
        boolean first = words.size() == 1 && assignments.isEmpty() && redirects.isEmpty();
        return first && in.peek() == '(' ? words.get(0).literal() : null;
    }

    private ShellNode function(String name) {
        in.skip("(");
        in.skipBlanks();
        if (!in.skip(")")) {
            throw in.problem("has an unexpected '('");
        }
        in.skipLines();
        ShellNode body = new ShellParser(in).functionBody();
        return new Definition(name, body);
    }

    private boolean readAssignment() {
        boolean declaring = !words.isEmpty()
                && DECLARING.contains(String.valueOf(words.get(0).literal()));
        if (!words.isEmpty() && !declaring) {
            return false;
        }
        int start = in.at();
        String name = in.name();
        Word index = name == null ? null : index();
        boolean append = in.peek() == '+' && in.peek(1) == '=';
        in.skip(append ? "+" : "");
        if (name == null || !in.skip("=")) {
            in.back(start, in.line());
            return false;
        }
        if (in.peek() == '(') {
            assignments.add(new Assignment(name, append, index, null, items()));
        } else {
            assignments.add(new Assignment(name, append, index, new WordParser(in).word(), List.of()));
        }
        return true;
    }

    /** {@return the index before an equals sign; null if there is none, in which case nothing is consumed} */
    private @Nullable Word index() {
        int start = in.at();
        if (in.skip("[")) {
            int from = in.at();
            while (!in.atEnd() && in.peek() != ']' && in.peek() != '\n') {
                in.next();
            }
            String text = in.since(from);
            if (in.skip("]") && (in.peek() == '=' || in.looking("+="))) {
                return new WordParser(in.inner(text, in.line())).operand("]", false);
            }
        }
        in.back(start, in.line());
        return null;
    }

    private Item item() {
        Word index = index();
        if (index != null) {
            in.skip("+");
            in.skip("=");
        }
        return new Item(index, new WordParser(in).word());
    }

    private List<Item> items() {
        in.skip("(");
        List<Item> items = new ArrayList<>();
        in.skipLines();
        while (!in.atEnd() && in.peek() != ')') {
            if (ShellText.endsWord(in.peek())) {
                throw in.problem("has an array that is not understood");
            }
            items.add(item());
            in.skipLines();
        }
        if (!in.skip(")")) {
            throw in.problem("has an array without its end");
        }
        return items;
    }

    boolean isRedirect() {
        int digits = 0;
        while (in.peek(digits) >= '0' && in.peek(digits) <= '9') {
            digits++;
        }
        char c = in.peek(digits);
        boolean process = in.peek(digits + 1) == '(' && digits == 0;
        return ((c == '<' || c == '>') && !process) || (digits == 0 && in.looking("&>"));
    }

    Redirect redirect() {
        int line = in.line();
        boolean standard = true;
        while (in.peek() >= '0' && in.peek() <= '9') {
            standard = in.next() == '1' && standard;
        }
        String operator = operator();
        in.skipBlanks();
        int start = in.at();
        Word target = new WordParser(in).word();
        Redirect redirect =
                new Redirect(line, standard || operator.startsWith("<") ? operator : "2" + operator, target);
        if (operator.equals("<<") || operator.equals("<<-")) {
            awaitDocument(redirect, in.since(start), operator.endsWith("-"));
        }
        return redirect;
    }

    private void awaitDocument(Redirect redirect, String written, boolean tabs) {
        boolean raw = written.indexOf('"') >= 0 || written.indexOf('\'') >= 0 || written.indexOf('\\') >= 0;
        in.await(redirect, written.replaceAll("[\"'\\\\]", ""), tabs, raw);
    }

    private String operator() {
        for (String operator : REDIRECTS) {
            if (in.skip(operator)) {
                return operator;
            }
        }
        throw in.problem("has a redirection that is not understood");
    }
}
