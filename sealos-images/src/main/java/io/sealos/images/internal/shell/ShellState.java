package io.sealos.images.internal.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** A variable; a plain one has one item. */
    record Variable(List<String> items, boolean exported) {}

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

    final Map<String, Variable> variables;
    final Map<String, Function> functions;
    final ScratchFiles files;
    List<String> arguments;
    String script;
    String source;
    String folder;
    Flow flow = Flow.NEXT;
    String output = "";

    @Nullable
    String input;

    ShellState(ScratchFiles files) {
        this.variables = new LinkedHashMap<>();
        this.functions = new LinkedHashMap<>();
        this.files = files;
        this.arguments = List.of();
        this.script = "bash";
        this.source = "";
        this.folder = "/";
    }

    private ShellState(ShellState other) {
        this.variables = new LinkedHashMap<>(other.variables);
        this.functions = new LinkedHashMap<>(other.functions);
        this.files = other.files.copy();
        this.arguments = other.arguments;
        this.script = other.script;
        this.source = other.source;
        this.folder = other.folder;
        this.flow = other.flow;
        this.output = other.output;
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
        variables.put(name, new Variable(List.copyOf(items), old != null && old.exported()));
    }

    void set(String name, String value) {
        set(name, List.of(value));
    }

    void export(String name) {
        Variable old = variables.get(name);
        if (old != null) {
            variables.put(name, new Variable(old.items(), true));
        }
    }

    List<String> items(String name) {
        Variable variable = variables.get(name);
        return variable == null ? List.of() : variable.items();
    }

    /** All that decides how the path goes on. */
    List<Object> key() {
        List<Object> key = new ArrayList<>();
        key.addAll(List.of(variables, functions, files.key(), arguments, script, source, folder, flow, output));
        return key;
    }
}
