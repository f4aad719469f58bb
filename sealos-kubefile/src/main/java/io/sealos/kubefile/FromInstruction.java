package io.sealos.kubefile;

import java.util.Optional;

/** {@code FROM}: the base of a stage: an image, an earlier stage or {@code scratch}. Immutable. */
public final class FromInstruction extends InstructionBase implements Instruction {
    FromInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the base as written, variables not expanded} */
    public Optional<Argument> base() {
        return argument(0);
    }

    /** {@return the name that AS gives the stage} */
    public Optional<Argument> stageName() {
        boolean named = argument(1).filter(a -> a.text().equalsIgnoreCase("as")).isPresent();
        return named ? argument(2) : Optional.empty();
    }

    /** {@return the value of {@code --platform}, variables not expanded} */
    public Optional<String> platform() {
        return flag("platform");
    }
}
