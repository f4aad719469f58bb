package io.sealos.kubefile;

/** {@code HEALTHCHECK}: a health check, which an OCI image cannot hold. Immutable. */
public final class HealthcheckInstruction extends Instruction {
    HealthcheckInstruction(InstructionParts parts) {
        super(parts);
    }
}
