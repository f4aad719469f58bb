package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.internal.context.SharedSnapshot;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the layout rules say of a context.
 *
 * @param directory as the caller named it
 * @param context the same, as this build has looked at it, links followed
 * @param cleanFiles records the files in which builds before this one found nothing; null: every file is read
 * @param failOn the least severity that fails; null: none does
 */
record LayoutCheck(
        Path directory,
        FileSnapshot context,
        List<Path> buildFiles,
        Kubefile kubefile,
        IgnoreRules ignoreRules,
        ImageInventory images,
        @Nullable Path cleanFiles,
        @Nullable Severity failOn) {

    /** The same for the context as it is now. */
    LayoutCheck refreshed() throws IOException {
        return new LayoutCheck(
                directory, context.refreshed(), buildFiles, kubefile, ignoreRules, images, cleanFiles, failOn);
    }

    /** Findings fail only where all base images were read: what is missing may be there. */
    LayoutReport check(List<PlatformEvaluation> evaluations) throws IOException {
        KubefileEvaluation evaluation = evaluations.get(0).evaluation();
        try {
            LayoutReport report = validator().validate(layout(evaluation));
            boolean complete = evaluations.get(0).missing().isEmpty();
            return failOn == null || !complete ? report : report.orThrow(failOn);
        } catch (UncheckedIOException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    private LayoutValidator validator() {
        LayoutValidator.Builder builder = LayoutValidator.builder();
        return cleanFiles == null
                ? builder.build()
                : builder.cleanFiles(cleanFiles).build();
    }

    private ClusterImageLayout layout(KubefileEvaluation evaluation) {
        ClusterImageLayout layout =
                ClusterImageLayout.of(directory, buildFiles, kubefile, evaluation, ignoreRules, images);
        return SharedSnapshot.share(layout, context);
    }
}
