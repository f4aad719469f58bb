package io.sealos.images.internal.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a shell knows at one place of one path through a script. */
final class ShellState {
    /** How a path goes on. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN,
        EXIT
    }

    /** A function with the file that defines it; each definition is one of its own. */
    static final class Function {
        private final ShellNode body;
        private final String source;

        Function(ShellNode body, String source) {
            this.body = body;
            this.source = source;
        }

        ShellNode body() {
            return body;
        }

        String source() {
            return source;
        }
    }

    private static final int LONGEST_OUTPUT = 1 << 20;

    final Map<String, Variable> variables;
    final Map<String, Function> functions;
    final ScratchFiles files;
    final Work work;
    List<String> arguments;
    String script;
    String source;
    String directory;
    Flow flow = Flow.NEXT;
    Outcome outcome = Outcome.SUCCESS;
    String output = "";
    /**
     * Whether somebody reads what is printed; nothing is kept otherwise, so that paths that only print are the same.
     */
    boolean captured;
    /** Whether it matters in what is printed which variables nothing sets. */
    boolean marking;
    /** What the function's local variables hide; null outside of functions. */
    @Nullable
    Map<String, Optional<Variable>> hidden;

    @Nullable
    String input;

    ShellState(ScratchFiles files) {
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

    ShellState copy() {
        return new ShellState(this);
    }

    /** A shell of its own that knows only what is exported. */
    ShellState child() {
        ShellState child = new ShellState(this);
        child.variables.values().removeIf(variable -> !variable.exported());
        child.functions.clear();
        return child;
    }

    void set(String name, List<String> items) {
        Variable old = variables.get(name);
        variables.put(name, Variable.of(items, old != null && old.exported()));
        items.forEach(work::made);
    }

    void set(String name, String value) {
        set(name, List.of(value));
    }

    void export(String name) {
        Variable old = variables.get(name);
        if (old != null) {
            variables.put(name, old.export());
        }
    }

    /** Makes a variable the function's own. */
    void hide(String name) {
        if (hidden != null && !hidden.containsKey(name)) {
            hidden.put(name, Optional.ofNullable(variables.remove(name)));
        }
    }

    /** Gives variables back what they were. */
    void restore(Map<String, Optional<Variable>> before) {
        before.forEach((name, variable) -> {
            variables.remove(name);
            variable.ifPresent(it -> variables.put(name, it));
        });
    }

    /** The text of a file, or null. */
    @Nullable
    String text(String path) {
        String text = files.text(path);
        if (text != null) {
            work.made(text);
        }
        return text;
    }

    /** The text of what a command reads, or the mark of it. */
    String textOrMark(String name, Unknowns unknowns) {
        String path = ImagePath.resolve(directory, name);
        String text = text(path);
        boolean there = text == null && files.exists(path) && !files.isDirectory(path);
        return text != null
                ? text
                : unknowns.mark(
                        there ? Unknown.file(name, path) : Unknown.value("the text of " + Unknowns.without(name)));
    }

    void write(String path, String text, String doubt) {
        files.write(path, text, doubt);
        work.made(text);
    }

    void print(String text) {
        if (captured && text.length() + output.length() <= LONGEST_OUTPUT) {
            output += text;
            work.made(text);
        }
    }

    /** This path as it is if the last command succeeded, or if it failed. */
    ShellState assume(boolean holds) {
        ShellState assumed = copy();
        (holds ? outcome.ifHolds() : outcome.ifFails()).forEach(assumed::set);
        assumed.outcome = Outcome.of(holds);
        return assumed;
    }

    List<String> items(String name) {
        Variable variable = variables.get(name);
        return variable == null ? List.of() : variable.items();
    }

    /** All that decides how the path goes on. */
    List<Object> key() {
        List<Object> key = new ArrayList<>();
        key.addAll(List.of(
                variables, functions, files.key(), arguments, script, source, directory, flow, outcome, output));
        key.add(Objects.requireNonNullElse(input, ""));
        return key;
    }
}
