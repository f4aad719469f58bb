package io.sealos.oci;

import io.sealos.images.ImageDiff;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.PreparedBuild;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.inspect.ComparedImage;
import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.FlatFile;
import io.sealos.oci.internal.tree.FlatTree;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A finished or planned image that is compared.
 *
 * @param images the images in its registry directory
 * @param files the files outside of it by path
 * @param stored the finished cluster image; empty for others, whose registry directories are not known or do not exist
 */
record ComparedState(
        Platform platform,
        ContainerConfig config,
        List<ImageDiff.Image> images,
        SortedMap<String, FlatFile> files,
        Optional<ComparedImage> stored) {
    private static final int PARALLEL = 4;

    static ComparedState of(ComparedImage stored) throws IOException {
        InspectedImage image = new InspectedImage(stored.stored());
        return new ComparedState(
                image.platform(), image.config(), SiteImages.of(image.images()), stored.files(), Optional.of(stored));
    }

    /** {@return the image that a build plans for a platform} */
    static ComparedState planned(PreparedBuild build, Platform platform) throws IOException {
        int position = build.platforms().indexOf(platform);
        if (position < 0) {
            throw new IllegalArgumentException("the plan is for " + build.platforms() + ", but the image is for "
                    + platform + "; choose one of the platforms (ImageChoice.platform)");
        }
        PlatformEvaluation evaluated = build.checked().evaluations().get(position);
        if (!evaluated.missing().isEmpty()) {
            throw new IllegalArgumentException("the plan lacks files of base images that have not been read: "
                    + evaluated.missing() + "; write the image once, or name their sources (baseImage)");
        }
        return new ComparedState(
                platform,
                evaluated.evaluation().config(),
                SiteImages.named(build.comparableImages(), platform),
                files(build, position),
                Optional.empty());
    }

    private static SortedMap<String, FlatFile> files(PreparedBuild build, int position) throws IOException {
        try (WorkPool pool = WorkPool.of(PARALLEL, build.resources().executor())) {
            return FlatTree.read(
                    build.plans().get(position),
                    ContentDigests.NONE,
                    StandardDirectory.REGISTRY,
                    path -> path.startsWith(StandardDirectory.CHARTS + "/"),
                    pool);
        } catch (InterruptedException e) {
            throw Interruptions.during("a plan was compared", e);
        }
    }

    /** {@return this state of a container image, which has no registry directory} */
    ComparedState withoutBlobs() {
        return new ComparedState(platform, config, images, files, Optional.empty());
    }

    /** {@return this state without the platforms of images, which a plan does not have} */
    ComparedState withoutPlatforms() {
        return new ComparedState(platform, config, SiteImages.withoutPlatforms(images), files, stored);
    }
}
