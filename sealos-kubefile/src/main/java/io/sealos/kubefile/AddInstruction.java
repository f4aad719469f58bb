package io.sealos.kubefile;

import java.util.List;
import java.util.Optional;

/** {@code ADD}: files copied from the context, archives unpacked; or fetched from a URL. Immutable. */
public final class AddInstruction extends InstructionBase implements Instruction {
    AddInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the sources as written} */
    public List<Argument> sources() {
        return arguments().subList(0, Math.max(0, arguments().size() - 1));
    }

    /** {@return the destination as written} */
    public Optional<Argument> destination() {
        return argument(Math.max(1, arguments().size() - 1));
    }
}
