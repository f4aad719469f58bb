package io.sealos.oci.internal.build;

import io.sealos.SealosException;
import io.sealos.images.ScanProblem;
import io.sealos.images.StandardDirectory;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluator;
import io.sealos.oci.internal.build.evaluate.Recipes;
import io.sealos.oci.internal.layout.RecipeCheck;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.work.Interruptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that each step adds, determined before anything is saved or written. Every source of a COPY must exist.
 * Immutable.
 *
 * @param plans one for each platform; none if instructions cannot be executed
 * @param isLasting whether the plans remain valid without the files that were unpacked for the check
 * @param refusals the instructions that cannot be executed
 */
record CopyCheck(List<PlannedImage> plans, boolean isLasting, List<SealosException.Part> refusals) {
    /** The path of the file that represents all images that will be saved. */
    static final String SAVED_IMAGES = StandardDirectory.REGISTRY + "/docker/registry/v2/blobs/saved";

    private static final int MOST_LISTED = 5;

    /** Represents the registry directory, so COPY finds one. */
    private static final VirtualFile FUTURE_REGISTRY = new VirtualFile() {
        @Override
        public String path() {
            return SAVED_IMAGES;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    };

    /**
     * {@return the files that the steps add; none if instructions need a container} Such a build is not refused yet,
     * because its images can be saved.
     *
     * @param saving whether images are saved; for the check, some are, until {@link #withoutImages} is called
     * @throws BuildRefusedException if no instruction needs a container, and some cannot be executed, such as a COPY
     *     that finds nothing to copy; it lists all of them
     */
    static CopyCheck run(Recipes recipes, FileSnapshot context, List<PlatformEvaluation> platforms, boolean saving)
            throws IOException {
        try {
            return plan(recipes, context, platforms, saving ? List.of(FUTURE_REGISTRY) : List.of());
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    private static CopyCheck plan(
            Recipes recipes, FileSnapshot context, List<PlatformEvaluation> platforms, List<VirtualFile> saved)
            throws IOException {
        List<PlannedImage> plans = new ArrayList<>();
        Set<SealosException.Part> problems = new LinkedHashSet<>();
        boolean lasting = saved.isEmpty();
        for (PlatformEvaluation evaluated : platforms) {
            try {
                RecipeCheck.Checked checked = RecipeCheck.check(recipes.recipe(evaluated, context, saved));
                plans.add(checked.plan());
                lasting &= checked.isLasting();
            } catch (BuildRefusedException e) {
                e.parts().forEach(part -> problems.add(Recipes.inFile(part, evaluated)));
            }
        }
        problems.addAll(PlatformEvaluator.refusals(platforms));
        List<SealosException.Part> refusals = List.copyOf(problems);
        if (refusals.isEmpty()) {
            return new CopyCheck(List.copyOf(plans), lasting, refusals);
        }
        if (PlatformEvaluator.needContainer(platforms)) {
            return new CopyCheck(List.of(), false, refusals);
        }
        throw new BuildRefusedException(refusals);
    }

    /**
     * {@return the files that the steps of this build add without saved images} A COPY that fails only here fails
     * because no image was found.
     *
     * @param accepted the gaps that were accepted, because of which no image may have been found
     * @throws BuildRefusedException if no instruction needs a container, and a COPY finds nothing to copy
     */
    CopyCheck withoutImages(
            Recipes recipes, FileSnapshot context, List<PlatformEvaluation> platforms, List<ScanProblem> accepted)
            throws IOException {
        try {
            CopyCheck check = plan(recipes, context, platforms, List.of());
            return new CopyCheck(check.plans, check.isLasting, explained(check.refusals, accepted));
        } catch (BuildRefusedException e) {
            throw new BuildRefusedException(explained(e.parts(), accepted));
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    private List<SealosException.Part> explained(List<SealosException.Part> parts, List<ScanProblem> accepted) {
        return parts.stream()
                .map(part -> refusals.contains(part) ? part : withoutImages(part, accepted))
                .toList();
    }

    private static SealosException.Part withoutImages(SealosException.Part part, List<ScanProblem> accepted) {
        if (accepted.isEmpty()) {
            return new SealosException.Part(
                    part.place(), part.problem() + ", and no image was found that could be saved there", part.fix());
        }
        String fix = "no image was found because of the accepted gaps (" + places(accepted)
                + "): list the images in a file of images/shim, or remove the instruction";
        return new SealosException.Part(part.place(), part.problem(), fix);
    }

    private static String places(List<ScanProblem> problems) {
        List<String> places = problems.stream().map(CopyCheck::place).distinct().toList();
        String first = String.join(", ", places.stream().limit(MOST_LISTED).toList());
        int more = places.size() - MOST_LISTED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String place(ScanProblem problem) {
        return problem.line() > 0 ? problem.file() + ":" + problem.line() : problem.file();
    }

    /** Throws an exception that lists the instructions that cannot be executed, if there are any. */
    void refuse() {
        if (!refusals.isEmpty()) {
            throw new BuildRefusedException(refusals);
        }
    }

    /** {@return the plans that the writer may use for an unchanged context; empty if they are no longer valid} */
    List<PlannedImage> lastingPlans() {
        return isLasting ? plans : List.of();
    }
}
