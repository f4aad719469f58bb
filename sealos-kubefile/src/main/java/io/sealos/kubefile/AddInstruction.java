package io.sealos.kubefile;

import java.util.List;
import java.util.Optional;

/**
 * An {@code ADD} instruction, which copies files from the context and unpacks archives, or fetches a URL. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class AddInstruction extends Instruction {
    AddInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the sources as written, with variables unexpanded} */
    public List<Argument> sources() {
        return arguments().subList(0, Math.max(0, arguments().size() - 1));
    }

    /** {@return the destination as written, with variables unexpanded; empty if there are fewer than two arguments} */
    public Optional<Argument> destination() {
        return argument(Math.max(1, arguments().size() - 1));
    }
}
