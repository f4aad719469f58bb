package io.sealos.images.internal.shell;

import io.sealos.images.internal.shell.state.ScratchFiles;
import io.sealos.images.internal.shell.state.ShellFiles;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Follows the commands that sealos runs, without running anything, and tells of each program that they run. */
public final class ShellReader {
    /** sealos writes the variables as {@code export K="V"} without escaping anything, so that these have their say. */
    private static final Pattern NEEDS_SHELL = Pattern.compile("[$`\"\\\\]");

    private final ShellFiles files;
    private final ShellListener listener;
    private final Unknowns unknowns = new Unknowns();

    public ShellReader(ShellFiles files, ShellListener listener) {
        this.files = files;
        this.listener = listener;
    }

    /** The meanings of the marks in words and texts. */
    public Unknowns unknowns() {
        return unknowns;
    }

    /**
     * A command to begin with.
     *
     * @param source the file in which it stands
     * @param line its line
     * @param text the command as the shell gets it
     */
    public record Start(String source, int line, String text) {}

    /** Follows commands that one shell, which has the variables, runs one after the other. */
    public void read(List<Start> commands, Map<String, String> environment) {
        Interpreter interpreter = new Interpreter(unknowns, listener);
        ShellState state = new ShellState(new ScratchFiles(files));
        List<Start> all = new ArrayList<>();
        environment.forEach((name, value) -> {
            state.set(name, Unknowns.without(value));
            state.export(name);
            if (NEEDS_SHELL.matcher(value).find() && !commands.isEmpty()) {
                all.add(new Start(commands.get(0).source(), 0, "export " + name + "=\"" + value + "\""));
            }
        });
        all.addAll(commands);
        List<ShellState> states = List.of(state);
        for (Start start : all) {
            states = interpreter.begin(start, states);
        }
        interpreter.end(states);
        interpreter.reportGivenUp();
    }
}
