package io.sealos.kubefile;

import java.util.Optional;

/**
 * An {@code ONBUILD} instruction, which holds an instruction for builds from this image. An OCI image cannot hold it.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class OnbuildInstruction extends Instruction {
    OnbuildInstruction(InstructionParts parts) {
        super(parts);
    }

    /** {@return the instruction for builds from this image; empty if it is missing} */
    public Optional<Instruction> trigger() {
        return Optional.ofNullable(parts.trigger());
    }
}
