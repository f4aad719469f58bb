package io.sealos.kubefile;

import java.util.List;

/** {@code LABEL}: labels, as {@code key=value ...} or {@code key value}. Immutable. */
public final class LabelInstruction extends InstructionBase implements Instruction {
    LabelInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the labels as written} */
    public List<KeyValue> labels() {
        return pairs();
    }
}
