package io.sealos.kubefile;

/**
 * A {@code HEALTHCHECK} instruction, which declares a health check. An OCI image cannot hold it. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class HealthcheckInstruction extends Instruction {
    HealthcheckInstruction(InstructionParts parts) {
        super(parts);
    }
}
