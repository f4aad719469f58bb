package io.sealos.kubefile;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What bash says of a line before it runs any of it: what {@code bash -n} refuses is refused. Not looked into is what
 * bash itself looks into only when it runs a command. Immutable.
 */
final class ShellSyntax {
    private final Set<Integer> separators;
    private final Optional<ShellRefusal> refusal;
    private final boolean whole;

    private ShellSyntax(Set<Integer> separators, Optional<ShellRefusal> refusal, boolean whole) {
        this.separators = separators;
        this.refusal = refusal;
        this.whole = whole;
    }

    static ShellSyntax of(String line) {
        Set<Integer> separators = new HashSet<>();
        try {
            ShellNesting nesting = new ShellNesting();
            new ShellGrammar(new ShellTokens(line, 0, separators, nesting), separators, nesting).all();
            return new ShellSyntax(separators, Optional.empty(), true);
        } catch (ShellRefusal e) {
            return new ShellSyntax(separators, Optional.of(e), true);
        } catch (ShellNesting.TooDeep e) {
            return new ShellSyntax(separators, Optional.empty(), false);
        }
    }

    Optional<String> refusal() {
        return refusal.map(ShellRefusal::getMessage);
    }

    /** Where it is refused; -1 where it is not. */
    int refusedAt() {
        return refusal.map(ShellRefusal::at).orElse(-1);
    }

    /** Whether the semicolon at this place separates commands; true, too, where nobody has looked. */
    boolean separatesAt(int at) {
        return !whole || separators.contains(at);
    }
}
