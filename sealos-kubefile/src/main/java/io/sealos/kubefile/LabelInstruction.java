package io.sealos.kubefile;

import java.util.List;

/**
 * A {@code LABEL} instruction, which sets labels, as {@code key=value ...} or {@code key value}. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class LabelInstruction extends Instruction {
    LabelInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the labels as written, in the order of the source} */
    public List<KeyValue> labels() {
        return pairs();
    }
}
