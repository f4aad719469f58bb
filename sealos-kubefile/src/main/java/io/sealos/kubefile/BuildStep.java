package io.sealos.kubefile;

/** A step of building a stage, made by one instruction. Instructions that only configure the image have no step. */
public sealed interface BuildStep permits CopyStep, WorkdirStep, VolumeStep, RefusedStep {
    /** {@return the instruction that the step carries out} */
    Instruction instruction();
}
