package io.sealos.oci;

import io.sealos.layout.LayoutReport;
import java.util.List;

/** The build file evaluated for each platform, and what the layout rules say of it. */
record CheckedBuild(List<PlatformEvaluation> evaluations, LayoutReport report) {
    /** Whether all base images were read. */
    boolean isComplete() {
        return evaluations.stream().allMatch(platform -> platform.missing().isEmpty());
    }
}
