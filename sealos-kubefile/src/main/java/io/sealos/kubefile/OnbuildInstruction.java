package io.sealos.kubefile;

import java.util.Optional;

/** {@code ONBUILD}: an instruction for images built on this one; an OCI image has no place for it. Immutable. */
public final class OnbuildInstruction extends InstructionBase implements Instruction {
    OnbuildInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the instruction that is put off} */
    public Optional<Instruction> trigger() {
        return Optional.ofNullable(parts.trigger());
    }
}
