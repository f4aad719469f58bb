package io.sealos.kubefile;

import java.util.List;
import java.util.Optional;

/** {@code COPY}: files copied from the context, or with {@code --from} from a stage. Immutable. */
public final class CopyInstruction extends InstructionBase implements Instruction {
    CopyInstruction(InstructionParts parts) {
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

    /** {@return the value of {@code --from}, variables not expanded} */
    public Optional<String> from() {
        return flag("from");
    }
}
