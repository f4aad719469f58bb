package io.sealos.oci;

import io.sealos.images.StandardDirectory;
import io.sealos.oci.internal.layout.RecipeCheck;
import io.sealos.oci.internal.recipe.RecipeException;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.tree.PlannedStep;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.ArrayList;
import java.util.List;

/** Every COPY is tried out before anything is saved or written: what it names has to be there. */
final class CopyCheck {
    private static final String FIX = "correct it, or list its images in a file of images/shim";

    /** Stands for what will be saved, so that COPY finds a registry folder. */
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

    private CopyCheck() {}

    /** {@return the layers of each platform} */
    static List<List<PlannedLayer>> check(ClusterImage image, List<PlatformEvaluation> platforms) throws IOException {
        try {
            List<List<PlannedLayer>> layers =
                    layers(image, platforms, image.savesImages() ? List.of(FUTURE_REGISTRY) : List.of());
            return image.savesImages() && !image.hasImagesToSave() ? layersWithoutRegistry(image, platforms) : layers;
        } catch (RecipeException e) {
            throw new BuildRefusedException(e.problems());
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    private static List<List<PlannedLayer>> layers(
            ClusterImage image, List<PlatformEvaluation> platforms, List<VirtualFile> saved) throws IOException {
        List<List<PlannedLayer>> layers = new ArrayList<>();
        for (PlatformEvaluation evaluated : platforms) {
            List<PlannedStep> steps = RecipeCheck.check(image.recipe(evaluated, saved));
            layers.add(PlannedLayer.of(steps, FUTURE_REGISTRY.path()));
        }
        return layers;
    }

    /** What is missing now is missing because no image was found; what could not be read may be why. */
    private static List<List<PlannedLayer>> layersWithoutRegistry(
            ClusterImage image, List<PlatformEvaluation> platforms) throws IOException {
        try {
            return layers(image, platforms, List.of());
        } catch (RecipeException e) {
            List<String> reasons = new ArrayList<>();
            e.problems()
                    .forEach(problem -> reasons.add(problem + ", and no image was found that could be saved there"));
            image.inventory().problems().forEach(problem -> reasons.add(problem + "; " + FIX));
            throw new BuildRefusedException(reasons);
        }
    }
}
