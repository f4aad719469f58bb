package io.sealos.oci.internal.build;

import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import java.util.List;

/**
 * The build file evaluated for each platform, with the findings of the layout rules. Immutable.
 *
 * @param evaluations one for each platform
 * @param report the findings
 */
public record CheckedBuild(List<PlatformEvaluation> evaluations, LayoutReport report) {
    public CheckedBuild {
        evaluations = List.copyOf(evaluations);
    }

    /** {@return whether all base images have been read} */
    boolean isComplete() {
        return evaluations.stream().allMatch(PlatformEvaluation::isComplete);
    }
}
