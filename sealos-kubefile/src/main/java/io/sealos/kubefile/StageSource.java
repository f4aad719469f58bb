package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instructions of a stage before evaluation. They have no FROM if the Kubefile begins with another instruction. */
record StageSource(int index, List<Instruction> instructions) {

    /** Splits the instructions at each FROM. The ARGs before the first FROM belong to no stage. */
    static List<StageSource> split(List<Instruction> instructions) {
        List<StageSource> stages = new ArrayList<>();
        boolean heading = true;
        for (Instruction instruction : instructions) {
            boolean from = instruction instanceof FromInstruction;
            heading &= !from;
            if (heading && instruction instanceof ArgInstruction) {
                continue;
            }
            if (from || stages.isEmpty()) {
                stages.add(new StageSource(stages.size(), new ArrayList<>()));
            }
            stages.get(stages.size() - 1).instructions().add(instruction);
        }
        return stages;
    }

    static List<ArgInstruction> heading(List<Instruction> instructions) {
        return instructions.stream()
                .takeWhile(instruction -> !(instruction instanceof FromInstruction))
                .filter(ArgInstruction.class::isInstance)
                .map(ArgInstruction.class::cast)
                .toList();
    }

    Optional<FromInstruction> from() {
        return instructions.get(0) instanceof FromInstruction from ? Optional.of(from) : Optional.empty();
    }

    /** {@return the name that AS gives, else the index} */
    String name() {
        return from().flatMap(FromInstruction::stageName)
                .map(Argument::text)
                .filter(name -> !name.isEmpty())
                .orElse(Integer.toString(index));
    }
}
