package io.sealos.oci;

import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.RefusedStep;
import io.sealos.kubefile.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What cannot be built without a container or a base image, found before anything is saved or written. */
final class Refusals {
    private final Set<String> reasons = new LinkedHashSet<>();

    private Refusals() {}

    static void check(List<PlatformEvaluation> evaluations) {
        Refusals refusals = new Refusals();
        evaluations.forEach(platform -> platform.evaluation().stages().forEach(refusals::look));
        if (!refusals.reasons.isEmpty()) {
            throw new BuildRefusedException(new ArrayList<>(refusals.reasons));
        }
    }

    private void look(Stage stage) {
        if (stage.fromScratch() || stage.baseStage().isPresent()) {
            stage.steps().forEach(this::look);
        } else {
            refuse(stage.from(), "the base image '" + stage.base() + "' cannot be used yet; begin with FROM scratch");
        }
    }

    private void look(BuildStep step) {
        if (step instanceof RefusedStep refused) {
            refuse(refused.instruction(), refused.reason());
        } else if (step instanceof CopyStep copy
                && copy.from().isPresent()
                && copy.fromStage().isEmpty()) {
            refuse(
                    copy.instruction(),
                    "--from=" + copy.from().get() + " names no earlier stage, and images cannot be copied from yet");
        }
    }

    private void refuse(Instruction instruction, String why) {
        reasons.add(BuildRefusedException.reason(instruction.range(), instruction.keyword(), why));
    }
}
