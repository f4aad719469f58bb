package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.shell.command.Builtins;
import io.sealos.images.internal.shell.command.Command;
import io.sealos.images.internal.shell.command.CommandRuns;
import io.sealos.images.internal.shell.command.Printing;
import io.sealos.images.internal.shell.command.Programs;
import io.sealos.images.internal.shell.command.Wrappers;
import io.sealos.images.internal.shell.expand.Expander;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellState.Flow;
import io.sealos.images.internal.shell.state.ShellState.Function;
import io.sealos.images.internal.shell.state.ShellVariable;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.ShellNode.Assignment;
import io.sealos.images.internal.shell.syntax.ShellNode.Item;
import io.sealos.images.internal.shell.syntax.ShellNode.Simple;
import io.sealos.images.internal.shell.syntax.SimpleParser;
import io.sealos.images.internal.shell.syntax.Word;
import io.sealos.images.internal.shell.syntax.Word.Substitution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Interprets a simple command: expands it, and applies its effects to the variables, the directory and the files. */
final class SimpleCommands {
    private static final Set<String> PRINTING = Set.of("echo", "printf");

    private final CommandRunner runner;
    private final Operands operands;
    private final Paths paths;
    private final Unknowns unknowns;
    private final ShellListener listener;
    private final Builtins builtins;
    private final Printing printing;

    SimpleCommands(CommandRunner runner, Operands operands, Paths paths, Unknowns unknowns, ShellListener listener) {
        this.runner = runner;
        this.operands = operands;
        this.paths = paths;
        this.unknowns = unknowns;
        this.listener = listener;
        this.builtins = new Builtins(unknowns, listener);
        this.printing = new Printing(unknowns);
    }

    List<ShellState> run(Simple simple, ShellState state) {
        String first = simple.words().isEmpty()
                ? ""
                : String.valueOf(simple.words().get(0).literal());
        if (first.equals("[") || first.equals("test")) {
            state.outcome = operands.test(simple.words(), state);
            return List.of(state);
        }
        Command command = expand(simple, state);
        if (command.words().isEmpty()) {
            return assignOnly(simple, state);
        }
        boolean declaring = SimpleParser.DECLARING.contains(command.name());
        Map<String, Optional<ShellVariable>> before = declaring ? Map.of() : values(simple.assignments(), state);
        if (declaring && !command.isExport() && !command.name().equals("readonly")) {
            simple.assignments().forEach(it -> state.hide(it.name()));
        }
        assign(simple.assignments(), state, !declaring || command.isExport());
        boolean marking = state.marking;
        state.marking |= Programs.namesImages(command.name());
        Redirections redirections =
                Redirections.begin(simple.redirects(), state, operands::expander, unknowns, listener);
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
     * {@return the command with its expanded words} A variable that nothing sets leaves a mark in the name of an image
     * and in a text that is kept, because it matters there.
     */
    private Command expand(Simple simple, ShellState state) {
        Command command = command(simple, operands.expander(state));
        boolean kept = state.marking || Redirections.areWriting(simple.redirects());
        boolean marking = !command.words().isEmpty()
                && (Programs.namesImages(command.name()) || (kept && PRINTING.contains(command.name())));
        return marking && !command.missing().isEmpty()
                ? command(simple, operands.expander(state).marking())
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
            runner.dispatches();
        }
        assign(simple.assignments(), state, false);
        Redirections redirections =
                Redirections.begin(simple.redirects(), state, operands::expander, unknowns, listener);
        redirections.end(state);
        boolean runs = simple.assignments().stream()
                .map(Assignment::value)
                .anyMatch(it -> it != null && it.parts().stream().anyMatch(Substitution.class::isInstance));
        state.outcome = runs || !simple.words().isEmpty() ? ExitStatus.UNKNOWN : ExitStatus.SUCCESS;
        return List.of(state);
    }

    /** {@return the former values of the variables that are set for one command only} */
    private static Map<String, Optional<ShellVariable>> values(List<Assignment> assignments, ShellState state) {
        Map<String, Optional<ShellVariable>> values = new LinkedHashMap<>();
        assignments.forEach(it -> values.put(it.name(), Optional.ofNullable(state.variables.get(it.name()))));
        return values;
    }

    private void assign(List<Assignment> assignments, ShellState state, boolean exported) {
        for (Assignment assignment : assignments) {
            Word index = assignment.index();
            Word value = assignment.value();
            Expander expander = operands.expander(state);
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
        ShellVariable old = state.variables.getOrDefault(name, ShellVariable.of(List.of(), false));
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
                ShellVariable old = state.variables.getOrDefault(assignment.name(), ShellVariable.of(List.of(), false));
                state.variables.put(assignment.name(), old.append(expander.fields(List.of(item.value()))));
            }
        }
    }

    private List<ShellState> dispatch(Command command, ShellState state) {
        Function function =
                command.program() ? null : state.functions.get(command.words().get(0));
        if (function != null) {
            return runner.call(function, command.arguments(), state);
        }
        Optional<Unknown> output = listener.program(command.asRun(state));
        String name = command.name();
        if (Programs.fetches(name, command.arguments())) {
            state.files.expectMore(Programs.address(command.arguments()));
        }
        if (output.isPresent()) {
            state.print(unknowns.mark(output.get()));
            state.outcome = ExitStatus.UNKNOWN;
            return List.of(state);
        }
        if (Unknowns.in(command.words().get(0))) {
            runner.dispatches();
        }
        List<ShellState> other = other(command, name, state);
        return other == null ? List.of(single(command, state)) : other;
    }

    /** Interprets the commands that a command runs one after the other. */
    private List<ShellState> each(List<List<String>> runs, Command command, ShellState state) {
        List<ShellState> states = List.of(state);
        for (List<String> words : runs) {
            List<ShellState> next = new ArrayList<>();
            for (ShellState one : states) {
                next.addAll(dispatch(
                        new Command(command.line(), Wrappers.unwrap(words), false, true, command.missing()), one));
            }
            states = paths.distinct(next);
        }
        return states;
    }

    /**
     * Interprets a command that runs other commands.
     *
     * @return the states; null if it runs none
     */
    private @Nullable List<ShellState> other(Command command, String name, ShellState state) {
        List<List<String>> runs = CommandRuns.of(command, state, unknowns);
        if (!runs.isEmpty()) {
            return each(runs, command, state);
        }
        if (name.equals("eval")) {
            return runner.script(String.join(" ", command.arguments()), command.line(), state);
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
        List<ShellState> ends = runner.script(text, 1, state);
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
            inline |= Command.hasFlag(command.argument(at), 'c');
            fromInput |= Command.hasFlag(command.argument(at), 's');
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
        return after(state, runner.script(text, line, child));
    }

    private List<ShellState> child(String script, List<String> arguments, ShellState state) {
        String path = ImagePath.resolve(state.directory, script);
        ShellState child = state.child();
        child.arguments = List.copyOf(arguments);
        child.script = script;
        child.source = path;
        return after(state, runner.script(String.valueOf(state.text(path)), 1, child));
    }

    private List<ShellState> after(ShellState state, List<ShellState> ends) {
        return runner.end(ends).stream().map(state::after).toList();
    }

    private ShellState single(Command command, ShellState state) {
        if (!builtins.run(command, state)) {
            state.outcome = ExitStatus.UNKNOWN;
            printing.run(command, state);
        }
        return state;
    }
}
