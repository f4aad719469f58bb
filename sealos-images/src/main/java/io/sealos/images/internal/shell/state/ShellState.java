package io.sealos.images.internal.shell.state;

import io.sealos.images.internal.shell.syntax.ShellNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a shell at one point of one path through a script: its variables, functions, files, directory and
 * output. It is a mutable structure with public fields, which commands change. Each path has its own copy.
 */
public final class ShellState {
    /** The ways in which a path continues. */
    public enum Flow {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN,
        EXIT
    }

    /** A function with the file that defines it. Functions are compared by identity. */
    public static final class Function {
        private final ShellNode body;
        private final String source;

        public Function(ShellNode body, String source) {
            this.body = body;
            this.source = source;
        }

        public ShellNode body() {
            return body;
        }

        public String source() {
            return source;
        }
    }

    private static final int LONGEST_OUTPUT = 1 << 20;

    public final Map<String, ShellVariable> variables;
    public final Map<String, Function> functions;
    public final ScratchFiles files;
    public final WorkLimit work;
    public List<String> arguments;
    public String script;
    public String source;
    public String directory;
    public Flow flow = Flow.NEXT;
    public ExitStatus outcome = ExitStatus.SUCCESS;
    public String output = "";
    /**
     * Whether output is captured. If it is not, output is dropped, so that paths that differ only in their output are
     * equal.
     */
    public boolean captured;
    /** Whether variables that nothing sets leave a mark in the output. */
    public boolean marking;
    /** The values that the local variables of the function hide; null outside functions. */
    public @Nullable Map<String, Optional<ShellVariable>> hidden;

    public @Nullable String input;

    public ShellState(ScratchFiles files) {
        this.variables = new LinkedHashMap<>();
        this.functions = new LinkedHashMap<>();
        this.files = files;
        this.work = files.work;
        this.arguments = List.of();
        this.script = "bash";
        this.source = "";
        this.directory = "/";
    }

    private ShellState(ShellState other) {
        this.variables = new LinkedHashMap<>(other.variables);
        this.functions = new LinkedHashMap<>(other.functions);
        this.files = other.files.copy();
        this.work = other.work;
        this.arguments = other.arguments;
        this.script = other.script;
        this.source = other.source;
        this.directory = other.directory;
        this.flow = other.flow;
        this.outcome = other.outcome;
        this.hidden = other.hidden == null ? null : new LinkedHashMap<>(other.hidden);
        this.output = other.output;
        this.captured = other.captured;
        this.marking = other.marking;
        this.input = other.input;
    }

    public ShellState copy() {
        return new ShellState(this);
    }

    /** {@return the state of a new shell, which has only the exported variables} */
    public ShellState child() {
        ShellState child = new ShellState(this);
        child.variables.values().removeIf(variable -> !variable.exported());
        child.functions.clear();
        return child;
    }

    public void set(String name, List<String> items) {
        ShellVariable old = variables.get(name);
        variables.put(name, ShellVariable.of(items, old != null && old.exported()));
        items.forEach(work::made);
    }

    public void set(String name, String value) {
        set(name, List.of(value));
    }

    public void export(String name) {
        ShellVariable old = variables.get(name);
        if (old != null) {
            variables.put(name, old.export());
        }
    }

    /** Makes a variable local to the function. */
    public void hide(String name) {
        if (hidden != null && !hidden.containsKey(name)) {
            hidden.put(name, Optional.ofNullable(variables.remove(name)));
        }
    }

    /** Restores the values of variables. */
    public void restore(Map<String, Optional<ShellVariable>> before) {
        before.forEach((name, variable) -> {
            variables.remove(name);
            variable.ifPresent(it -> variables.put(name, it));
        });
    }

    /** {@return the text of a file, or null} */
    @Nullable
    public String text(String path) {
        String text = files.text(path);
        if (text != null) {
            work.made(text);
        }
        return text;
    }

    /** {@return the text of a file that a command reads, or a mark if it is not known} */
    public String textOrMark(String name, Unknowns unknowns) {
        String path = ImagePath.resolve(directory, name);
        String text = text(path);
        boolean there = text == null && files.exists(path) && !files.isDirectory(path);
        return text != null
                ? text
                : unknowns.mark(
                        there ? Unknown.file(name, path) : Unknown.value("the text of " + Unknowns.without(name)));
    }

    public void write(String path, String text, String doubt) {
        files.write(path, text, doubt);
        work.made(text);
    }

    public void print(String text) {
        if (captured && text.length() + output.length() <= LONGEST_OUTPUT) {
            output += text;
            work.made(text);
        }
    }

    /** {@return this path on the assumption that the last command succeeded, or that it failed} */
    public ShellState assume(boolean holds) {
        ShellState assumed = copy();
        (holds ? outcome.ifHolds() : outcome.ifFails()).forEach(assumed::set);
        assumed.outcome = ExitStatus.of(holds);
        return assumed;
    }

    public List<String> items(String name) {
        ShellVariable variable = variables.get(name);
        return variable == null ? List.of() : variable.items();
    }

    /** {@return all properties that determine how the path continues} */
    public List<Object> key() {
        List<Object> key = new ArrayList<>();
        key.addAll(List.of(
                variables, functions, files.key(), arguments, script, source, directory, flow, outcome, output));
        key.add(Objects.requireNonNullElse(input, ""));
        return key;
    }

    /**
     * {@return this state after a subshell has ended, of which only the files, the output and the exit status are kept}
     */
    public ShellState after(ShellState inner) {
        ShellState end = copy();
        end.files.takeFrom(inner.files);
        end.output = inner.output;
        end.outcome = inner.outcome;
        return end;
    }
}
