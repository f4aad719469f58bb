package io.sealos.kubefile;

import java.util.List;

/**
 * An {@code ENV} instruction, which sets environment variables, as {@code KEY=value ...} or {@code KEY value}.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class EnvInstruction extends Instruction {
    EnvInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the variables as written, in the order of the source} */
    public List<KeyValue> variables() {
        return pairs();
    }
}
