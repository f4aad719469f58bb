package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.Conditions.Operand;
import io.sealos.images.internal.shell.ShellNode.Assignment;
import io.sealos.images.internal.shell.ShellNode.Item;
import io.sealos.images.internal.shell.ShellNode.Redirect;
import io.sealos.images.internal.shell.ShellNode.Simple;
import io.sealos.images.internal.shell.ShellState.Flow;
import io.sealos.images.internal.shell.ShellState.Function;
import io.sealos.images.internal.shell.Word.Literal;
import io.sealos.images.internal.shell.Word.Parameter;
import io.sealos.images.internal.shell.Word.Substitution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows one simple command: expands it, and does what it would do to variables, directory and files. */
final class SimpleCommands {
    private static final Set<String> PRINTING = Set.of("echo", "printf");

    private final Interpreter interpreter;
    private final Unknowns unknowns;
    private final ShellListener listener;
    private final Builtins builtins;
    private final Printing printing;

    SimpleCommands(Interpreter interpreter, Unknowns unknowns, ShellListener listener) {
        this.interpreter = interpreter;
        this.unknowns = unknowns;
        this.listener = listener;
        this.builtins = new Builtins(unknowns, listener);
        this.printing = new Printing(unknowns);
    }

    List<String> fields(List<Word> words, ShellState state) {
        return expander(state).fields(words);
    }

    private Expander expander(ShellState state) {
        return new Expander(state, unknowns, interpreter::output);
    }

    Redirections redirect(List<Redirect> redirects, ShellState state) {
        return Redirections.begin(redirects, state, this::expander, unknowns, listener);
    }

    /** What {@code [[ … ]]} decides. */
    Outcome decide(List<Word> words, ShellState state) {
        return Conditions.decide(words.stream().map(it -> operand(it, state)).toList(), state, unknowns);
    }

    /** What {@code (( … ))} decides. */
    Outcome decide(Word expression, ShellState state) {
        Long value = Calculator.calculate(expander(state).text(expression), state, unknowns);
        return value == null ? Outcome.UNKNOWN : Outcome.of(value != 0);
    }

    /** A word where the shell does not split. */
    Operand operand(Word word, ShellState state) {
        Expander expander = expander(state);
        String text = expander.text(word);
        boolean known = expander.open().isEmpty() && !Unknowns.in(text);
        return new Operand(text, expander.pattern(word), known, open(word, expander));
    }

    /** The variable without a value that is the whole word, or null. */
    private static @Nullable String open(Word word, Expander expander) {
        List<Word.Part> parts = word.parts().stream()
                .filter(it -> !(it instanceof Literal literal && literal.text().isEmpty()))
                .toList();
        boolean alone = parts.size() == 1
                && parts.get(0) instanceof Parameter parameter
                && parameter.name().matches("[A-Za-z_][A-Za-z0-9_]*")
                && expander.open().contains(parameter.name());
        return alone ? expander.open().iterator().next() : null;
    }

    /** What {@code [ … ]} or {@code test} decides. */
    private Outcome test(List<Word> words, ShellState state) {
        List<Operand> operands = new ArrayList<>();
        for (Word word : words.subList(1, words.size())) {
            Expander expander = expander(state);
            List<String> fields = expander.fields(List.of(word));
            if (expander.open().isEmpty()) {
                fields.forEach(it -> operands.add(Operand.of(it)));
            } else {
                operands.add(new Operand(String.join(" ", fields), "", false, open(word, expander)));
            }
        }
        boolean bracket = "[".equals(words.get(0).literal()) && !operands.isEmpty();
        return Conditions.decide(bracket ? operands.subList(0, operands.size() - 1) : operands, state, unknowns);
    }

    List<ShellState> run(Simple simple, ShellState state) {
        String first = simple.words().isEmpty()
                ? ""
                : String.valueOf(simple.words().get(0).literal());
        if (first.equals("[") || first.equals("test")) {
            state.outcome = test(simple.words(), state);
            return List.of(state);
        }
        Command command = expand(simple, state);
        if (command.words().isEmpty()) {
            return assignOnly(simple, state);
        }
        boolean declaring = SimpleParser.DECLARING.contains(command.name());
        Map<String, Optional<Variable>> before = declaring ? Map.of() : values(simple.assignments(), state);
        if (declaring && !command.isExport() && !command.name().equals("readonly")) {
            simple.assignments().forEach(it -> state.hide(it.name()));
        }
        assign(simple.assignments(), state, !declaring || command.isExport());
        boolean marking = state.marking;
        state.marking |= Programs.namesImages(command.name());
        Redirections redirections = redirect(simple.redirects(), state);
        List<ShellState> ends = dispatch(command, state);
        for (ShellState end : ends) {
            redirections.end(end);
            end.marking = marking;
            end.restore(before);
            end.flow = command.last() && end.flow == Flow.NEXT ? Flow.EXIT : end.flow;
        }
        return ends;
    }

    /**
     * The command with its words. Which variables nothing sets matters in the name of an image, and in a text that is
     * kept; there they leave their marks.
     */
    private Command expand(Simple simple, ShellState state) {
        Command command = command(simple, expander(state));
        boolean kept = state.marking || Redirections.areWriting(simple.redirects());
        boolean marking = !command.words().isEmpty()
                && (Programs.namesImages(command.name()) || (kept && PRINTING.contains(command.name())));
        return marking && !command.missing().isEmpty()
                ? command(simple, expander(state).marking())
                : command;
    }

    private static Command command(Simple simple, Expander expander) {
        List<String> words = expander.fields(simple.words());
        boolean last = words.size() > 1 && words.get(0).equals("exec");
        boolean program = !words.isEmpty() && Wrappers.runProgram(words.get(0));
        return new Command(simple.line(), Wrappers.unwrap(words), last, program, expander.missing());
    }

    private List<ShellState> assignOnly(Simple simple, ShellState state) {
        if (!simple.words().isEmpty()) {
            interpreter.dispatches();
        }
        assign(simple.assignments(), state, false);
        Redirections redirections = redirect(simple.redirects(), state);
        redirections.end(state);
        boolean runs = simple.assignments().stream()
                .map(Assignment::value)
                .anyMatch(it -> it != null && it.parts().stream().anyMatch(Substitution.class::isInstance));
        state.outcome = runs || !simple.words().isEmpty() ? Outcome.UNKNOWN : Outcome.SUCCESS;
        return List.of(state);
    }

    /** What variables are that a command gets for itself alone. */
    private static Map<String, Optional<Variable>> values(List<Assignment> assignments, ShellState state) {
        Map<String, Optional<Variable>> values = new LinkedHashMap<>();
        assignments.forEach(it -> values.put(it.name(), Optional.ofNullable(state.variables.get(it.name()))));
        return values;
    }

    /** An expanded command; the last one is run in place of the shell, and some are programs and no functions. */
    record Command(int line, List<String> words, boolean last, boolean program, Set<String> missing) {
        String name() {
            String path = words.get(0);
            return path.substring(path.lastIndexOf('/') + 1);
        }

        List<String> arguments() {
            return words.subList(1, words.size());
        }

        ProgramRun asRun(ShellState state) {
            return new ProgramRun(state.source, line, words, state.directory, missing, state.input, state.files);
        }

        String argument(int index) {
            return words.size() > index ? words.get(index) : "";
        }

        /** Of a command that declares variables: whether programs get them. */
        boolean isExport() {
            return name().equals("export") || arguments().stream().anyMatch(it -> hasFlag(it, 'x'));
        }
    }

    /** Whether a word is an option of single letters that has this one. */
    private static boolean hasFlag(String word, char letter) {
        return word.matches("-[a-zA-Z]+") && word.indexOf(letter) > 0;
    }

    private void assign(List<Assignment> assignments, ShellState state, boolean exported) {
        for (Assignment assignment : assignments) {
            Word index = assignment.index();
            Word value = assignment.value();
            Expander expander = expander(state);
            if (value == null) {
                assignItems(assignment, expander, state);
            } else if (index != null) {
                put(assignment.name(), expander.text(index), assignment.append(), expander.text(value), state);
            } else {
                String text = expander.text(value);
                List<String> old = state.items(assignment.name());
                state.set(assignment.name(), assignment.append() && !old.isEmpty() ? old.get(0) + text : text);
            }
            if (exported) {
                state.export(assignment.name());
            }
        }
    }

    private static void put(String name, String index, boolean append, String value, ShellState state) {
        Variable old = state.variables.getOrDefault(name, Variable.of(List.of(), false));
        String key = Expander.key(old, index, state);
        String before = append ? old.item(key) : null;
        state.variables.put(name, old.with(key, before == null ? value : before + value));
    }

    private static void assignItems(Assignment assignment, Expander expander, ShellState state) {
        if (!assignment.append()) {
            state.set(assignment.name(), List.of());
        }
        for (Item item : assignment.items()) {
            Word index = item.index();
            if (index != null) {
                put(assignment.name(), expander.text(index), false, expander.text(item.value()), state);
            } else {
                Variable old = state.variables.getOrDefault(assignment.name(), Variable.of(List.of(), false));
                state.variables.put(assignment.name(), old.append(expander.fields(List.of(item.value()))));
            }
        }
    }

    private List<ShellState> dispatch(Command command, ShellState state) {
        Function function =
                command.program() ? null : state.functions.get(command.words().get(0));
        if (function != null) {
            return interpreter.call(function, command.arguments(), state);
        }
        Optional<Unknown> output = listener.program(command.asRun(state));
        String name = command.name();
        if (Programs.fetches(name, command.arguments())) {
            state.files.expectMore(Programs.address(command.arguments()));
        }
        if (output.isPresent()) {
            state.print(unknowns.mark(output.get()));
            state.outcome = Outcome.UNKNOWN;
            return List.of(state);
        }
        if (Unknowns.in(command.words().get(0))) {
            interpreter.dispatches();
        }
        List<ShellState> other = other(command, name, state);
        return other == null ? List.of(single(command, state)) : other;
    }

    /** Commands that a command runs, one after the other. */
    private List<ShellState> each(List<List<String>> runs, Command command, ShellState state) {
        List<ShellState> states = List.of(state);
        for (List<String> words : runs) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : states) {
                next.addAll(dispatch(
                        new Command(command.line(), Wrappers.unwrap(words), false, true, command.missing()), one));
            }
            states = interpreter.distinct(next);
        }
        return states;
    }

    /** What runs further commands; null if this is none of it. */
    private @Nullable List<ShellState> other(Command command, String name, ShellState state) {
        List<List<String>> runs = CommandRuns.of(command, state, unknowns);
        if (!runs.isEmpty()) {
            return each(runs, command, state);
        }
        if (name.equals("eval")) {
            return interpreter.script(String.join(" ", command.arguments()), command.line(), state);
        }
        if (name.equals("source") || name.equals(".")) {
            return source(command, state);
        }
        if (Programs.isShell(name)) {
            return shell(command, state);
        }
        String program = command.words().get(0);
        String path = ImagePath.resolve(state.directory, program);
        String text = program.indexOf('/') >= 0 ? state.text(path) : null;
        if (text == null && path.endsWith(".sh") && state.files.exists(path) && !state.files.isDirectory(path)) {
            missingScript(command, program, state);
        }
        return text != null && Programs.isScript(path, text) ? child(program, command.arguments(), state) : null;
    }

    private List<ShellState> source(Command command, ShellState state) {
        String path = ImagePath.resolve(state.directory, command.argument(1));
        String text = state.text(path);
        if (text == null) {
            missingScript(command, command.argument(1), state);
            return List.of(state);
        }
        String source = state.source;
        state.source = path;
        List<ShellState> ends = interpreter.script(text, 1, state);
        for (ShellState end : ends) {
            end.source = source;
            end.flow = end.flow == Flow.RETURN ? Flow.NEXT : end.flow;
        }
        return ends;
    }

    private void missingScript(Command command, String name, ShellState state) {
        boolean unknown = Unknowns.in(name);
        boolean unread = !unknown && state.files.exists(ImagePath.resolve(state.directory, name));
        listener.problem(
                unread ? Kind.UNREAD : unknown ? Kind.READ_IN_PART : Kind.NOT_THERE,
                state.source,
                command.line(),
                "the script " + (unknown ? unknowns.causes(name) : "'" + name + "'")
                        + (unread ? " is too large to be read" : " is not among the files that the image gets")
                        + "; what it runs is not known");
    }

    private List<ShellState> shell(Command command, ShellState state) {
        int at = 1;
        boolean inline = false;
        boolean fromInput = false;
        while (at < command.words().size() && command.argument(at).matches("[-+].*")) {
            inline |= hasFlag(command.argument(at), 'c');
            fromInput |= hasFlag(command.argument(at), 's');
            at += command.argument(at).matches("[-+][oO]|--rcfile|--init-file") ? 2 : 1;
        }
        List<String> rest = command.words()
                .subList(Math.min(at, command.words().size()), command.words().size());
        if (rest.isEmpty() || (fromInput && !inline)) {
            List<String> arguments = Stream.concat(Stream.of(command.words().get(0)), rest.stream())
                    .toList();
            return state.input == null ? List.of(state) : inline(state.input, command.line(), arguments, state);
        }
        if (inline) {
            return inline(rest.get(0), command.line(), rest.subList(1, rest.size()), state);
        }
        if (state.text(ImagePath.resolve(state.directory, rest.get(0))) == null) {
            missingScript(command, rest.get(0), state);
            return List.of(state);
        }
        return child(rest.get(0), rest.subList(1, rest.size()), state);
    }

    private List<ShellState> inline(String text, int line, List<String> arguments, ShellState state) {
        ShellState child = state.child();
        child.arguments = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        return after(state, interpreter.script(text, line, child));
    }

    private List<ShellState> child(String script, List<String> arguments, ShellState state) {
        String path = ImagePath.resolve(state.directory, script);
        ShellState child = state.child();
        child.arguments = List.copyOf(arguments);
        child.script = script;
        child.source = path;
        return after(state, interpreter.script(String.valueOf(state.text(path)), 1, child));
    }

    private List<ShellState> after(ShellState state, List<ShellState> ends) {
        return interpreter.end(ends).stream()
                .map(end -> Interpreter.outside(state, end))
                .toList();
    }

    private ShellState single(Command command, ShellState state) {
        if (!builtins.run(command, state)) {
            state.outcome = Outcome.UNKNOWN;
            printing.run(command, state);
        }
        return state;
    }
}
