package io.sealos.images.internal.shell.command;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.shell.expand.Calculator;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellState.Flow;
import io.sealos.images.internal.shell.state.ShellState.Function;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.ShellNode.Group;
import io.sealos.images.internal.shell.syntax.ShellParser;
import io.sealos.images.internal.shell.syntax.ShellScript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Interprets the built-in commands of the shell that change its state. */
public final class Builtins {
    private static final String STACK = "DIRSTACK";
    private static final int HIGHEST_STACK = 100;

    private final Unknowns unknowns;
    private final ShellListener listener;

    public Builtins(Unknowns unknowns, ShellListener listener) {
        this.unknowns = unknowns;
        this.listener = listener;
    }

    /**
     * Interprets the command if it is one of these.
     *
     * @return whether it is
     */
    public boolean run(Command command, ShellState state) {
        ExitStatus outcome = ExitStatus.UNKNOWN;
        switch (command.name()) {
            case "cd" -> enter(command, state);
            case "pushd" -> {
                state.set(STACK, join(state.items(STACK), state.directory));
                enter(command, state);
            }
            case "popd" -> leaveDirectory(state);
            case "export", "readonly", "declare", "typeset", "local" -> declare(command, state);
            case "alias" -> command.arguments().forEach(it -> alias(it, state));
            case "unset" -> command.arguments().forEach(state.variables::remove);
            case "set" -> setArguments(command, state);
            case "shift" -> shift(command, state);
            case "let" -> outcome = calculate(command, state);
            case "read" -> outcome = new ReadCommand(command, state, unknowns).run();
            case "mapfile", "readarray" -> readLines(command, state);
            case "getopts" -> outcome = new Getopts(command, state).run();
            case "exit" -> outcome = leave(command, Flow.EXIT, state);
            case "return" -> outcome = leave(command, Flow.RETURN, state);
            case "break" -> state.flow = Flow.BREAK;
            case "continue" -> state.flow = Flow.CONTINUE;
            default -> {
                return false;
            }
        }
        state.outcome = outcome;
        return true;
    }

    /** Defines an alias as a function that passes its arguments on, in which the name stands for the program. */
    private static void alias(String assignment, ShellState state) {
        int equals = assignment.indexOf('=');
        if (equals > 0 && !Unknowns.in(assignment)) {
            String name = assignment.substring(0, equals);
            String text = assignment.substring(equals + 1);
            boolean own = text.equals(name) || text.startsWith(name + " ");
            ShellScript body = ShellParser.parse((own ? "command " : "") + text + " \"$@\"", 1);
            state.functions.put(name, new Function(new Group(body.commands(), false, List.of()), state.source));
        }
    }

    private static String or(List<String> items, String otherwise) {
        String joined = String.join("", items);
        return joined.isEmpty() ? otherwise : joined;
    }

    private void enter(Command command, ShellState state) {
        List<String> targets = command.arguments().stream()
                .filter(it -> !it.startsWith("-") || it.equals("-"))
                .toList();
        String target = targets.isEmpty() ? "/root" : targets.get(0);
        if (Unknowns.in(target)) {
            listener.problem(
                    ScanProblem.Kind.ASSUMED,
                    state.source,
                    command.line(),
                    "the directory of cd is not known (" + unknowns.causes(target) + "); taken as no change");
            return;
        }
        String old = or(state.items("OLDPWD"), "/");
        state.set("OLDPWD", state.directory);
        state.directory = target.equals("-") ? old : ImagePath.resolve(state.directory, target);
    }

    private static void leaveDirectory(ShellState state) {
        List<String> stack = state.items(STACK);
        state.set("OLDPWD", state.directory);
        state.directory = stack.isEmpty() ? "/" : stack.get(stack.size() - 1);
        state.set(STACK, stack.subList(0, Math.max(0, stack.size() - 1)));
    }

    private static List<String> join(List<String> stack, String directory) {
        List<String> higher = new ArrayList<>(stack.subList(0, Math.min(stack.size(), HIGHEST_STACK)));
        higher.add(directory);
        return higher;
    }

    private static void declare(Command command, ShellState state) {
        boolean exports = command.isExport();
        for (String name : command.arguments()) {
            if (!name.startsWith("-") && name.indexOf('=') < 0) {
                if (exports) {
                    state.export(name);
                } else if (!command.name().equals("readonly")) {
                    state.hide(name);
                }
            }
        }
    }

    /** Sets the arguments from the first operand on. Options alone change nothing that is interpreted. */
    private static void setArguments(Command command, ShellState state) {
        List<String> words = command.arguments();
        int at = 0;
        while (at < words.size() && words.get(at).matches("[-+][a-zA-Z]+")) {
            at += words.get(at).endsWith("o") ? 2 : 1;
        }
        if (at < words.size()) {
            int first = words.get(at).equals("--") ? at + 1 : at;
            state.arguments = List.copyOf(words.subList(first, words.size()));
        }
    }

    private static void shift(Command command, ShellState state) {
        String count = command.argument(1);
        int by = count.matches("[0-9]{1,4}") ? Integer.parseInt(count) : 1;
        state.arguments = state.arguments.subList(Math.min(by, state.arguments.size()), state.arguments.size());
    }

    private ExitStatus calculate(Command command, ShellState state) {
        Long value = null;
        for (String expression : command.arguments()) {
            value = Calculator.calculate(expression, state, unknowns);
        }
        return value == null ? ExitStatus.UNKNOWN : ExitStatus.of(value != 0);
    }

    private void readLines(Command command, ShellState state) {
        String name = command.argument(command.words().size() - 1);
        if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            @Nullable String input = state.input;
            state.set(
                    name,
                    input == null || Unknowns.isAll(input)
                            ? List.of(unknowns.mark("what " + command.name() + " gets for " + name))
                            : new ArrayList<>(input.lines().toList()));
        }
    }

    private static ExitStatus leave(Command command, Flow flow, ShellState state) {
        state.flow = flow;
        String code = command.argument(1);
        return code.isEmpty()
                ? state.outcome
                : code.matches("[0-9]+") ? ExitStatus.of(code.equals("0")) : ExitStatus.UNKNOWN;
    }
}
