package io.sealos.kubefile;

/** {@code HEALTHCHECK}: a health check; an OCI image has no place for it. Immutable. */
public final class HealthcheckInstruction extends InstructionBase implements Instruction {
    HealthcheckInstruction(InstructionParts parts) {
        super(parts);
    }
}
