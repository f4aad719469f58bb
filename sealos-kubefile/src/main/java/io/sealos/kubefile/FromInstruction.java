package io.sealos.kubefile;

import java.util.Optional;

/** {@code FROM}: begins a stage on an image, an earlier stage or {@code scratch}. Immutable. */
public final class FromInstruction extends Instruction {
    FromInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the base as written, variables not expanded; empty if there is none} */
    public Optional<Argument> base() {
        return argument(0);
    }

    /** {@return the name that AS gives the stage; empty without AS} */
    public Optional<Argument> stageName() {
        boolean named = argument(1).filter(a -> a.text().equalsIgnoreCase("as")).isPresent();
        return named ? argument(2) : Optional.empty();
    }

    /** {@return the value of {@code --platform}, variables not expanded; empty without the flag} */
    public Optional<String> platform() {
        return flag("platform");
    }
}
