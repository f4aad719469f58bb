package io.sealos.kubefile;

/**
 * A step of the build of a stage, which carries out one instruction. Instructions that only change the configuration of
 * the image have no step. All steps are immutable and thread-safe.
 */
public sealed interface BuildStep permits CopyStep, WorkdirStep, VolumeStep, RefusedStep {
    /** {@return the instruction that the step carries out} */
    Instruction instruction();
}
