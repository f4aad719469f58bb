package io.sealos.kubefile;

import java.util.Optional;

/**
 * A {@code FROM} instruction, which begins a stage that is based on an image, an earlier stage or {@code scratch}.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class FromInstruction extends Instruction {
    FromInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the base as written, with variables unexpanded; empty if there is none} */
    public Optional<Argument> base() {
        return argument(0);
    }

    /** {@return the name that AS gives the stage; empty if there is no AS} */
    public Optional<Argument> stageName() {
        boolean named = argument(1).filter(a -> a.text().equalsIgnoreCase("as")).isPresent();
        return named ? argument(2) : Optional.empty();
    }

    /** {@return the value of {@code --platform}, with variables unexpanded; empty if the flag is absent} */
    public Optional<String> platform() {
        return flag("platform");
    }
}
