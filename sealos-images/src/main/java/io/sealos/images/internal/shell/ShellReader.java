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

/** Interprets the commands that sealos runs, without running anything, and reports each program that they run. */
public final class ShellReader {
    /** The characters that the shell interprets in {@code export K="V"}, because sealos does not escape values. */
    private static final Pattern NEEDS_SHELL = Pattern.compile("[$`\"\\\\]");

    private final ShellFiles files;
    private final ShellListener listener;
    private final Unknowns unknowns = new Unknowns();

    public ShellReader(ShellFiles files, ShellListener listener) {
        this.files = files;
        this.listener = listener;
    }

    /** {@return the meanings of the marks in words and texts} */
    public Unknowns unknowns() {
        return unknowns;
    }

    /**
     * A command with which the interpretation begins.
     *
     * @param source the file that contains the command
     * @param line the line of the command
     * @param text the command as the shell receives it
     */
    public record Start(String source, int line, String text) {}

    /** Interprets commands that one shell with these variables runs one after the other. */
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
