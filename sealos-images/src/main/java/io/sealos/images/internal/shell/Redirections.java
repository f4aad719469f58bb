package io.sealos.images.internal.shell;

import io.sealos.images.internal.shell.expand.Expander;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.ShellNode.Redirect;
import io.sealos.images.internal.shell.syntax.Word;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The redirections of commands. */
final class Redirections {
    private final List<Redirect> redirects;
    private final Function<ShellState, Expander> expanders;
    private final Unknowns unknowns;
    private final ShellListener listener;
    private final String outputBefore;
    private final @Nullable String inputBefore;
    private final boolean capturedBefore;
    private final boolean markingBefore;

    private Redirections(
            List<Redirect> redirects,
            ShellState state,
            Function<ShellState, Expander> expanders,
            Unknowns unknowns,
            ShellListener listener) {
        this.redirects = redirects;
        this.unknowns = unknowns;
        this.expanders = expanders;
        this.listener = listener;
        this.outputBefore = state.output;
        this.inputBefore = state.input;
        this.capturedBefore = state.captured;
        this.markingBefore = state.marking;
    }

    /** Sets the input of the commands that follow. */
    static Redirections begin(
            List<Redirect> redirects,
            ShellState state,
            Function<ShellState, Expander> expanders,
            Unknowns unknowns,
            ShellListener listener) {
        Redirections redirections = new Redirections(redirects, state, expanders, unknowns, listener);
        for (Redirect redirect : redirects) {
            if (isInput(redirect)) {
                state.input = redirections.input(redirect, state);
            }
            state.captured |= isOutput(redirect);
            state.marking |= isWriting(redirect);
        }
        return redirections;
    }

    private static boolean isInput(Redirect redirect) {
        return redirect.document() != null || redirect.operator().matches("<|<<<");
    }

    private static boolean isOutput(Redirect redirect) {
        return redirect.operator().matches("(&?>>?|>\\|)");
    }

    /** {@return whether output is redirected to a file} */
    static boolean areWriting(List<Redirect> redirects) {
        return redirects.stream().anyMatch(Redirections::isWriting);
    }

    private static boolean isWriting(Redirect redirect) {
        return isOutput(redirect)
                && !String.valueOf(redirect.target().literal()).startsWith("/dev/");
    }

    private @Nullable String input(Redirect redirect, ShellState state) {
        Expander expander = state.marking ? expanders.apply(state).marking() : expanders.apply(state);
        Word document = redirect.document();
        if (document != null) {
            return expander.document(document);
        }
        String target = expander.text(redirect.target());
        return redirect.operator().equals("<<<") ? target + "\n" : state.textOrMark(target, unknowns);
    }

    /** Writes the output of the commands to its target, and restores the input. */
    void end(ShellState end) {
        for (Redirect redirect : redirects) {
            if (isOutput(redirect)) {
                write(redirect, end);
            }
        }
        end.captured = capturedBefore;
        end.marking = markingBefore;
        if (redirects.stream().anyMatch(Redirections::isInput)) {
            end.input = inputBefore;
        }
    }

    private void write(Redirect redirect, ShellState end) {
        String path = ImagePath.resolve(end.directory, expanders.apply(end).text(redirect.target()));
        String text = end.output.substring(Math.min(outputBefore.length(), end.output.length()));
        String old = redirect.operator().endsWith(">>") ? end.text(path) : null;
        if (!path.startsWith("/dev/")) {
            end.write(path, (old == null ? "" : old) + text, "");
            List<String> words = List.of(redirect.operator(), path);
            listener.written(
                    new ProgramRun(end.source, redirect.line(), words, end.directory, Set.of(), end.input, end.files));
        }
        end.output = outputBefore;
    }
}
