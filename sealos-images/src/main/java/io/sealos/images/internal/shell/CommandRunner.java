package io.sealos.images.internal.shell;

import io.sealos.images.internal.shell.expand.Expander;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellState.Function;
import io.sealos.images.internal.shell.syntax.ShellNode;
import java.util.List;

/**
 * Interprets commands that are parts of other commands: branches, loops, scripts, functions and substitutions. The
 * methods return a state for each path that the commands can take.
 */
interface CommandRunner extends Expander.Substitutions {
    /** Interprets one command. */
    List<ShellState> run(ShellNode node, ShellState state);

    /** Interprets commands one after the other. */
    List<ShellState> all(List<ShellNode> nodes, ShellState state);

    /** Interprets the text of a script in a state that has been prepared for it. */
    List<ShellState> script(String text, int firstLine, ShellState state);

    /** Calls a function. */
    List<ShellState> call(Function function, List<String> arguments, ShellState state);

    /** Records that the name of a command is not known, so it may be any of the functions. */
    void dispatches();

    /** Interprets, at the end of a shell, the functions that commands with unknown names may have called. */
    List<ShellState> end(List<ShellState> ends);
}
