package io.sealos.oci;

import io.sealos.images.StandardDirectory;
import io.sealos.oci.internal.layout.RecipeCheck;
import io.sealos.oci.internal.recipe.RecipeException;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.work.Interruptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.ArrayList;
import java.util.List;

/** Every COPY is tried out before anything is saved or written: what it names has to be there. */
final class CopyCheck {
    private static final String FIX = "correct it, or list its images in a file of images/shim";

    /** Stands for what will be saved, so that COPY finds a registry directory. */
    private static final VirtualFile FUTURE_REGISTRY = new VirtualFile() {
        @Override
        public String path() {
            return StandardDirectory.REGISTRY + "/docker/registry/v2/blobs/saved";
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

    private final List<PlannedImage> plans;
    private final boolean lasting;

    private CopyCheck(List<PlannedImage> plans, boolean lasting) {
        this.plans = plans;
        this.lasting = lasting;
    }

    static CopyCheck run(ClusterImage image, List<PlatformEvaluation> platforms) throws IOException {
        try {
            CopyCheck check = plan(image, platforms, image.savesImages() ? List.of(FUTURE_REGISTRY) : List.of());
            return image.savesImages() && !image.hasImagesToSave() ? withoutRegistry(image, platforms) : check;
        } catch (RecipeException e) {
            throw new BuildRefusedException(e.problems());
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    private static CopyCheck plan(ClusterImage image, List<PlatformEvaluation> platforms, List<VirtualFile> saved)
            throws IOException {
        List<PlannedImage> plans = new ArrayList<>();
        boolean lasting = saved.isEmpty();
        for (PlatformEvaluation evaluated : platforms) {
            RecipeCheck.Checked checked = RecipeCheck.check(image.recipe(evaluated, saved));
            plans.add(checked.plan());
            lasting &= checked.isLasting();
        }
        return new CopyCheck(List.copyOf(plans), lasting);
    }

    /** What is missing now is missing because no image was found; what could not be read may be why. */
    private static CopyCheck withoutRegistry(ClusterImage image, List<PlatformEvaluation> platforms)
            throws IOException {
        try {
            return plan(image, platforms, List.of());
        } catch (RecipeException e) {
            List<String> reasons = new ArrayList<>();
            e.problems()
                    .forEach(problem -> reasons.add(problem + ", and no image was found that could be saved there"));
            image.inventory().problems().forEach(problem -> reasons.add(problem + "; " + FIX));
            throw new BuildRefusedException(reasons);
        }
    }

    /** The layers of a platform. */
    List<PlannedLayer> layers(int platform) {
        try {
            return PlannedLayer.of(plans.get(platform).steps(), FUTURE_REGISTRY.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What would be written of an unchanged context; none where that was made for something that is gone. */
    List<PlannedImage> lastingPlans() {
        return lasting ? plans : List.of();
    }
}
