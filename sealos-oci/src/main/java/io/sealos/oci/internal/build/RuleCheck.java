package io.sealos.oci.internal.build;

import io.sealos.images.ImageInventory;
import io.sealos.internal.context.SharedSnapshot;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a context directory with the layout rules. Immutable.
 *
 * @param cleanFiles the file that records where earlier builds found nothing; null: every file is read
 * @param checks the rules, and the least severity that fails
 * @param needless the rules that are left out: {@link #UNVERSIONED} if a lock determines all digests, {@link #MODES} if
 *     the modes of the files are normalized, so that nothing depends on those of this machine
 */
record RuleCheck(
        BuildInput input,
        ImageInventory images,
        @Nullable Path cleanFiles,
        BuildRequest.Checks checks,
        List<String> needless) {
    static final String UNVERSIONED = "image-without-version";
    static final String MODES = "mode-lost";

    /** {@return a check of the current files of the context directory} */
    RuleCheck refreshed() throws IOException {
        return new RuleCheck(input.refreshed(), images, cleanFiles, checks, needless);
    }

    /**
     * {@return the findings} They cause a failure only if all base images have been read, because base images may
     * contain what is missing.
     */
    LayoutReport check(List<PlatformEvaluation> evaluations) throws IOException {
        PlatformEvaluation first = evaluations.get(0);
        try {
            LayoutReport report = validator().validate(layout(first.evaluation()));
            Optional<Severity> failOn = checks.failOn();
            return failOn.isPresent() && first.isComplete() ? report.orThrow(failOn.get()) : report;
        } catch (UncheckedIOException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    private LayoutValidator validator() {
        LayoutValidator.Builder builder = checks.validator().toBuilder();
        if (cleanFiles != null) {
            builder.cleanFiles(cleanFiles);
        }
        for (LayoutRule rule : checks.validator().rules()) {
            if (needless.contains(rule.id())) {
                builder.disable(rule.id());
            }
        }
        return builder.build();
    }

    ClusterImageLayout layout(KubefileEvaluation evaluation) {
        ClusterImageLayout layout = ClusterImageLayout.of(
                input.directory(), input.buildFiles(), input.kubefile(), evaluation, input.ignoreRules(), images);
        return SharedSnapshot.share(layout, input.snapshot());
    }
}
