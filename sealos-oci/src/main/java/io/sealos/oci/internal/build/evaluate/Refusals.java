package io.sealos.oci.internal.build.evaluate;

import io.sealos.kubefile.RefusedStep;
import io.sealos.oci.BuildRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Refuses instructions that cannot be built without a container, before anything is saved or written. */
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
            reasons.add(Recipes.refusal(refused.instruction(), refused.reason()));
        }
    }
}
