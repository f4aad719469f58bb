package io.sealos.images.internal.shell;

import io.sealos.images.internal.shell.expand.Expander;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellState.Function;
import io.sealos.images.internal.shell.syntax.ShellNode;
import java.util.List;

/**
 * Follows commands that are parts of others: branches and loops, scripts, functions and substitutions. Each method
 * returns a state for each path that the commands can take.
 */
interface CommandRunner extends Expander.Substitutions {
    /** Follows one command. */
    List<ShellState> run(ShellNode node, ShellState state);

    /** Follows commands one after the other. */
    List<ShellState> all(List<ShellNode> nodes, ShellState state);

    /** Follows the text of a script in a state that is already meant for it. */
    List<ShellState> script(String text, int firstLine, ShellState state);

    /** Calls a function. */
    List<ShellState> call(Function function, List<String> arguments, ShellState state);

    /** Remembers that a command's name is not known, so each function may be meant. */
    void dispatches();

    /** Follows the functions that may have been meant by commands whose names are not known, when a shell ends. */
    List<ShellState> end(List<ShellState> ends);
}
