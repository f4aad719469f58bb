package io.sealos.kubefile.internal.shell;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The syntax check that bash performs on a line before it runs any part of it. A line is refused if {@code bash -n}
 * refuses it. Errors that bash finds only when it runs a command are not found. Immutable and thread-safe.
 */
public final class ShellSyntax {
    private final Set<Integer> separators;
    private final Optional<ShellRefusal> refusal;
    private final boolean whole;

    private ShellSyntax(Set<Integer> separators, Optional<ShellRefusal> refusal, boolean whole) {
        this.separators = separators;
        this.refusal = refusal;
        this.whole = whole;
    }

    /** {@return the result of checking a line} */
    public static ShellSyntax of(String line) {
        Set<Integer> separators = new HashSet<>();
        try {
            ShellTokens.Nesting nesting = new ShellTokens.Nesting();
            new ShellGrammar(new ShellTokens(line, 0, separators, nesting), separators, nesting).all();
            return new ShellSyntax(separators, Optional.empty(), true);
        } catch (ShellRefusal e) {
            return new ShellSyntax(separators, Optional.of(e), true);
        } catch (ShellTokens.Nesting.TooDeep e) {
            return new ShellSyntax(separators, Optional.empty(), false);
        }
    }

    /** {@return the reason why bash refuses the line; empty if bash accepts it} */
    public Optional<String> refusal() {
        return refusal.map(ShellRefusal::getMessage);
    }

    /** {@return the index at which the line is refused; -1 if bash accepts it} */
    public int refusedAt() {
        return refusal.map(ShellRefusal::at).orElse(-1);
    }

    /**
     * {@return whether the semicolon at this index separates commands; also true for a line that is nested too deeply
     * to be checked}
     */
    public boolean separatesAt(int at) {
        return !whole || separators.contains(at);
    }
}
