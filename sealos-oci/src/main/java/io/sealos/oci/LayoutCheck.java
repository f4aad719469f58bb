package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the layout rules say of a context.
 *
 * @param failOn the least severity that fails; null: none does
 */
record LayoutCheck(
        Path context,
        List<Path> buildFiles,
        Kubefile kubefile,
        IgnoreRules ignoreRules,
        ImageInventory images,
        @Nullable Severity failOn) {

    /** Findings fail only where all base images were read: what is missing may be there. */
    LayoutReport check(List<PlatformEvaluation> evaluations) throws IOException {
        KubefileEvaluation evaluation = evaluations.get(0).evaluation();
        try {
            LayoutReport report = LayoutValidator.standard()
                    .validate(ClusterImageLayout.of(context, buildFiles, kubefile, evaluation, ignoreRules, images));
            boolean complete = evaluations.get(0).missing().isEmpty();
            return failOn == null || !complete ? report : report.orThrow(failOn);
        } catch (UncheckedIOException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }
}
