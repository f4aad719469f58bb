package io.sealos.oci.internal.build;

import io.sealos.images.ImageInventory;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.layout.CleanFiles;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Checks a context directory by the layout rules. Immutable.
 *
 * @param known its files in which earlier builds found nothing
 * @param failOn the least severity that fails; empty: none does
 */
record RuleCheck(BuildInput input, ImageInventory images, CleanFiles known, Optional<Severity> failOn) {

    /** {@return the check of the context directory as it is now} */
    RuleCheck refreshed() throws IOException {
        return new RuleCheck(input.refreshed(), images, known, failOn);
    }

    /**
     * {@return the findings} They fail only where all base images were read, because these may bring what is missing.
     */
    LayoutReport check(List<PlatformEvaluation> evaluations) throws IOException {
        PlatformEvaluation first = evaluations.get(0);
        try {
            LayoutReport report = LayoutValidator.builder().known(known).build().validate(layout(first.evaluation()));
            return failOn.isPresent() && first.isComplete() ? report.orThrow(failOn.get()) : report;
        } catch (UncheckedIOException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    private ClusterImageLayout layout(KubefileEvaluation evaluation) {
        return ClusterImageLayout.of(
                        input.directory(),
                        input.buildFiles(),
                        input.kubefile(),
                        evaluation,
                        input.ignoreRules(),
                        images)
                .seenAs(input.snapshot());
    }
}
