package io.sealos.kubefile;

/**
 * A step of the build of a stage, which carries out one instruction. Instructions that only change the configuration of
 * the image have no step. All steps are immutable and thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface BuildStep permits CopyStep, WorkdirStep, VolumeStep, RefusedStep {
    /** {@return the instruction that the step carries out} */
    Instruction instruction();
}
