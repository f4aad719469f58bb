package io.sealos.kubefile;

import java.util.Optional;

/** {@code ONBUILD}: an instruction for builds from this image, which an OCI image cannot hold. Immutable. */
public final class OnbuildInstruction extends Instruction {
    OnbuildInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the instruction for those builds; empty if none is written} */
    public Optional<Instruction> trigger() {
        return Optional.ofNullable(parts.trigger());
    }
}
