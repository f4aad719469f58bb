package io.sealos.oci;

import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.RefusedStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What cannot be built without a container, found before anything is saved or written. */
final class Refusals {
    private final Set<String> reasons = new LinkedHashSet<>();

    private Refusals() {}

    static void check(List<PlatformEvaluation> evaluations) {
        Refusals refusals = new Refusals();
        evaluations.forEach(platform -> platform.evaluation().refusals().forEach(refusals::look));
        if (!refusals.reasons.isEmpty()) {
            throw new BuildRefusedException(new ArrayList<>(refusals.reasons));
        }
    }

    private void look(RefusedStep refused) {
        if (refused.missingImage().isEmpty()) {
            refuse(refused.instruction(), refused.reason());
        }
    }

    private void refuse(Instruction instruction, String why) {
        reasons.add(BuildRefusedException.reason(instruction.range(), instruction.keyword(), why));
    }
}
