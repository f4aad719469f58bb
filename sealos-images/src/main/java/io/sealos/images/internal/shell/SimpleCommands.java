package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.shell.ShellNode.Assignment;
import io.sealos.images.internal.shell.ShellNode.Redirect;
import io.sealos.images.internal.shell.ShellNode.Simple;
import io.sealos.images.internal.shell.ShellState.Flow;
import io.sealos.images.internal.shell.ShellState.Function;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows one simple command: expands it, and does what it would do to variables, folder and files. */
final class SimpleCommands {
    private static final Set<String> DECLARING = Set.of("export", "declare", "local", "readonly", "typeset");
    private static final Set<String> SHELLS = Set.of("bash", "sh", "dash", "ash", "zsh", "ksh");
    private static final int MOST_ARGUMENTS = 10_000;

    private final Interpreter interpreter;
    private final Unknowns unknowns;
    private final ShellListener listener;
    private final Printing printing;

    SimpleCommands(Interpreter interpreter, Unknowns unknowns, ShellListener listener) {
        this.interpreter = interpreter;
        this.unknowns = unknowns;
        this.listener = listener;
        this.printing = new Printing(unknowns);
    }

    List<String> fields(List<Word> words, ShellState state) {
        return expander(state).fields(words);
    }

    private Expander expander(ShellState state) {
        return new Expander(state, unknowns, interpreter::output);
    }

    List<ShellState> run(Simple simple, ShellState state) {
        Expander expander = expander(state);
        List<String> words = expander.fields(simple.words());
        Command command = new Command(simple.line(), Wrappers.unwrap(words), expander.missing());
        if (command.words().isEmpty()) {
            if (!simple.words().isEmpty()) {
                interpreter.dispatches();
            }
            assign(simple.assignments(), state, false);
            return List.of(state);
        }
        boolean declaring = DECLARING.contains(command.name());
        assign(simple.assignments(), state, !declaring || isExport(command));
        String before = state.output;
        state.input = input(simple.redirects(), state);
        List<ShellState> ends = dispatch(command, state);
        for (ShellState end : ends) {
            redirect(simple.redirects(), before, end);
            end.input = null;
            end.flow = words.get(0).equals("exec") && words.size() > 1 && end.flow == Flow.NEXT ? Flow.EXIT : end.flow;
        }
        return ends;
    }

    /** An expanded command. */
    record Command(int line, List<String> words, Set<String> missing) {
        String name() {
            String path = words.get(0);
            return path.substring(path.lastIndexOf('/') + 1);
        }

        List<String> arguments() {
            return words.subList(1, words.size());
        }

        String argument(int index) {
            return words.size() > index ? words.get(index) : "";
        }
    }

    private static boolean isExport(Command command) {
        return command.name().equals("export")
                || command.arguments().stream().anyMatch(it -> it.matches("-[a-zA-Z]*x[a-zA-Z]*"));
    }

    private void assign(List<Assignment> assignments, ShellState state, boolean exported) {
        for (Assignment assignment : assignments) {
            Expander expander = expander(state);
            Word value = assignment.value();
            if (value == null) {
                List<String> items = expander.fields(assignment.items());
                state.set(assignment.name(), assignment.append() ? join(state.items(assignment.name()), items) : items);
            } else if (assignment.indexed()) {
                state.set(assignment.name(), join(state.items(assignment.name()), List.of(expander.text(value))));
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

    private static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all.subList(0, Math.min(all.size(), MOST_ARGUMENTS));
    }

    private List<ShellState> dispatch(Command command, ShellState state) {
        Function function = state.functions.get(command.words().get(0));
        if (function != null) {
            return interpreter.call(function, command.arguments(), state);
        }
        listener.program(new ProgramRun(
                state.source,
                command.line(),
                command.words(),
                state.folder,
                command.missing().isEmpty(),
                state.files));
        String name = command.name();
        if (name.equals("helm") || name.equals("helm3")) {
            listener.helm(new HelmInvocation(
                    state.source,
                    command.line(),
                    command.arguments(),
                    state.folder,
                    new LinkedHashSet<>(command.missing()),
                    state.files.copy()));
            state.output += unknowns.mark("the output of helm");
            return List.of(state);
        }
        if (Unknowns.in(command.words().get(0))) {
            interpreter.dispatches();
        }
        List<ShellState> other = other(command, name, state);
        return other == null ? List.of(single(command, name, state)) : other;
    }

    /** What runs further commands; null if this is none of it. */
    private @Nullable List<ShellState> other(Command command, String name, ShellState state) {
        if (name.equals("eval")) {
            return interpreter.script(String.join(" ", command.arguments()), command.line(), state);
        }
        if (name.equals("source") || name.equals(".")) {
            return source(command, state);
        }
        if (SHELLS.contains(name)) {
            return shell(command, state);
        }
        String path = ImagePath.resolve(state.folder, command.words().get(0));
        boolean script = command.words().get(0).indexOf('/') >= 0 && isScript(path, state.files.text(path));
        return script ? child(command.words().get(0), command.arguments(), state) : null;
    }

    private static boolean isScript(String path, @Nullable String text) {
        return text != null
                && (text.startsWith("#!") ? text.lines().findFirst().orElse("").contains("sh") : path.endsWith(".sh"));
    }

    private List<ShellState> source(Command command, ShellState state) {
        String path = ImagePath.resolve(state.folder, command.argument(1));
        String text = state.files.text(path);
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
        String shown = Unknowns.in(name) ? unknowns.causes(name) : "'" + name + "'";
        listener.problem(
                Unknowns.in(name) ? ScanProblem.Kind.UNREAD : ScanProblem.Kind.NOT_THERE,
                state.source,
                command.line(),
                "the script " + shown
                        + " is not among the files that the image gets, or too large; what it runs is not known");
    }

    private List<ShellState> shell(Command command, ShellState state) {
        int at = 1;
        boolean inline = false;
        while (at < command.words().size() && command.argument(at).matches("[-+].*")) {
            inline |= command.argument(at).matches("-[a-zA-Z]*c[a-zA-Z]*");
            at += command.argument(at).matches("[-+][oO]|--rcfile|--init-file") ? 2 : 1;
        }
        List<String> rest = command.words()
                .subList(Math.min(at, command.words().size()), command.words().size());
        if (rest.isEmpty()) {
            return state.input == null ? List.of(state) : inline(state.input, command.line(), List.of(), state);
        }
        if (inline) {
            return inline(rest.get(0), command.line(), rest.subList(1, rest.size()), state);
        }
        if (state.files.text(ImagePath.resolve(state.folder, rest.get(0))) == null) {
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
        String path = ImagePath.resolve(state.folder, script);
        ShellState child = state.child();
        child.arguments = List.copyOf(arguments);
        child.script = script;
        child.source = path;
        return after(state, interpreter.script(String.valueOf(state.files.text(path)), 1, child));
    }

    private List<ShellState> after(ShellState state, List<ShellState> ends) {
        return interpreter.end(ends).stream()
                .map(end -> Interpreter.outside(state, end))
                .toList();
    }

    private ShellState single(Command command, String name, ShellState state) {
        switch (name) {
            case "cd", "pushd" -> enter(command, state);
            case "popd" ->
                state.folder = String.join("", state.items("OLDPWD")).isEmpty()
                        ? "/"
                        : state.items("OLDPWD").get(0);
            case "export", "readonly", "declare", "typeset", "local" -> exportNames(command, state);
            case "unset" -> command.arguments().forEach(state.variables::remove);
            case "set" -> setArguments(command, state);
            case "shift" -> shift(command, state);
            case "read", "mapfile", "readarray" -> read(command, state);
            case "exit" -> state.flow = Flow.EXIT;
            case "return" -> state.flow = Flow.RETURN;
            case "break" -> state.flow = Flow.BREAK;
            case "continue" -> state.flow = Flow.CONTINUE;
            default -> printing.run(command, state);
        }
        return state;
    }

    private void enter(Command command, ShellState state) {
        List<String> targets = command.arguments().stream()
                .filter(it -> !it.startsWith("-") || it.equals("-"))
                .toList();
        String target = targets.isEmpty() ? "/root" : targets.get(0);
        String old = String.join("", state.items("OLDPWD"));
        if (Unknowns.in(target)) {
            listener.problem(
                    ScanProblem.Kind.ASSUMED,
                    state.source,
                    command.line(),
                    "the folder of cd is not known (" + unknowns.causes(target) + "); taken as no change");
            return;
        }
        state.set("OLDPWD", state.folder);
        state.folder = target.equals("-") ? (old.isEmpty() ? "/" : old) : ImagePath.resolve(state.folder, target);
    }

    private static void exportNames(Command command, ShellState state) {
        for (String name : command.arguments()) {
            if (!name.startsWith("-") && name.indexOf('=') < 0 && isExport(command)) {
                state.export(name);
            }
        }
    }

    private static void setArguments(Command command, ShellState state) {
        int dashes = command.words().indexOf("--");
        if (dashes > 0) {
            state.arguments = List.copyOf(
                    command.words().subList(dashes + 1, command.words().size()));
        }
    }

    private static void shift(Command command, ShellState state) {
        String count = command.argument(1);
        int by = count.matches("[0-9]{1,4}") ? Integer.parseInt(count) : 1;
        state.arguments = state.arguments.subList(Math.min(by, state.arguments.size()), state.arguments.size());
    }

    private void read(Command command, ShellState state) {
        for (String name : command.arguments()) {
            if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                state.set(name, unknowns.mark("what read gets for " + name));
            }
        }
    }

    private @Nullable String input(List<Redirect> redirects, ShellState state) {
        String input = state.input;
        for (Redirect redirect : redirects) {
            Word document = redirect.document();
            if (document != null) {
                input = expander(state).text(document);
            } else if (redirect.operator().equals("<<<")) {
                input = expander(state).text(redirect.target()) + "\n";
            } else if (redirect.operator().equals("<")) {
                input = state.files.text(
                        ImagePath.resolve(state.folder, expander(state).text(redirect.target())));
            }
        }
        return input;
    }

    private void redirect(List<Redirect> redirects, String before, ShellState end) {
        for (Redirect redirect : redirects) {
            if (redirect.operator().matches("(&?>>?|>\\|)")) {
                String target = expander(end).text(redirect.target());
                String path = ImagePath.resolve(end.folder, target);
                String text = end.output.substring(Math.min(before.length(), end.output.length()));
                String old = redirect.operator().endsWith(">>") ? end.files.text(path) : null;
                if (!path.startsWith("/dev/")) {
                    end.files.write(path, (old == null ? "" : old) + text, "");
                }
                end.output = before;
            }
        }
    }
}
