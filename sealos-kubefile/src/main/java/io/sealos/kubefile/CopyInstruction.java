package io.sealos.kubefile;

import java.util.List;
import java.util.Optional;

/** {@code COPY}: copies files from the context, or with {@code --from} from a stage or an image. Immutable. */
public final class CopyInstruction extends Instruction {
    CopyInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the sources as written, variables not expanded} */
    public List<Argument> sources() {
        return arguments().subList(0, Math.max(0, arguments().size() - 1));
    }

    /** {@return the destination as written, variables not expanded; empty if there are less than two arguments} */
    public Optional<Argument> destination() {
        return argument(Math.max(1, arguments().size() - 1));
    }

    /** {@return the value of {@code --from}, variables not expanded; empty if the files come from the context} */
    public Optional<String> from() {
        return flag("from");
    }
}
