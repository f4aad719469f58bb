package io.sealos.kubefile;

/** What building a stage has to do for one instruction. Instructions that only configure have none. */
public sealed interface BuildStep permits CopyStep, WorkdirStep, VolumeStep, RefusedStep {
    /** {@return the instruction} */
    Instruction instruction();
}
