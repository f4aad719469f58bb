package io.sealos.kubefile;

import java.util.List;

/** {@code ENV}: environment variables, as {@code KEY=value ...} or {@code KEY value}. Immutable. */
public final class EnvInstruction extends InstructionBase implements Instruction {
    EnvInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the variables as written} */
    public List<KeyValue> variables() {
        return pairs();
    }
}
