package io.sealos.oci;

import io.sealos.images.ImageLock;
import io.sealos.oci.internal.build.BuildLease;
import io.sealos.oci.internal.build.CheckedBuild;
import io.sealos.oci.internal.build.PreparedBuild;
import io.sealos.oci.internal.build.save.ImageSaving;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.recipe.RecipeException;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.util.List;

/**
 * A cluster image that is ready to be built: its build file evaluated, its images found, everything checked that needs
 * no network.
 *
 * <pre>{@code
 * ClusterImage image = ClusterImage.builder()
 *         .context(Path.of("nginx"))
 *         .tag("labring/nginx:v1.23.1")
 *         .build();
 * BuildResult done = image.writeTo(OciLayout.archive(Path.of("nginx.tar")));
 * }</pre>
 *
 * <p>Immutable and thread-safe. It can be written several times; the files of the context are looked at anew each time.
 */
public final class ClusterImage {
    private final PreparedBuild build;

    ClusterImage(PreparedBuild build) {
        this.build = build;
    }

    /** {@return a builder, which needs at least a context} */
    public static ClusterImageBuilder builder() {
        return new ClusterImageBuilder();
    }

    /**
     * {@return what is stored there, read back} It is the only image there, for one platform.
     *
     * @param origin a layout or archive, whoever wrote it, or an image at a registry
     * @throws ImageChoiceException if there are several images, or none
     * @throws IOException if it cannot be read, or is no such layout or archive
     */
    public static InspectedImage inspect(ImageOrigin origin) throws IOException {
        return inspect(origin, ImageChoice.any());
    }

    /**
     * {@return what is stored there, read back} Only documents are compared with their digests: for layers, see
     * {@link OciLayoutVerifier}.
     *
     * @param origin a layout or archive, whoever wrote it, or an image at a registry
     * @param choice which of its images
     * @throws ImageChoiceException if several images or none are what the choice says; it lists what is there
     * @throws IOException if it cannot be read, or is no such layout or archive
     */
    public static InspectedImage inspect(ImageOrigin origin, ImageChoice choice) throws IOException {
        try {
            return new InspectedImage(origin.read(choice));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("the image was inspected", e);
        }
    }

    /** {@return what would be built, without network and without writing anything} */
    public BuildPlan plan() {
        try {
            return new BuildPlan(build);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fetches base images, saves the images, and writes the image to a target. The target appears under its name only
     * when it is whole; at a registry that means: a tag moves when all that it points to is there.
     *
     * @param target where to
     * @return what was written
     * @throws ImageGapsException if images may be missing that the application runs, and the caller has not accepted
     *     that; it lists all gaps, and no network is used
     * @throws ImageSaveException if images could not be saved, or base images fetched; it lists all of them, and
     *     nothing is written
     * @throws ImagePushException if the image could not be pushed; it lists all parts that failed, and no tag points to
     *     what is not there
     * @throws BuildRefusedException if a COPY finds nothing to copy any more, or if what
     *     {@link ClusterImageBuilder#build} refuses has turned up with a base image that was fetched only now
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated with such a base
     *     image
     * @throws io.sealos.layout.LayoutException if with such a base image there are findings that fail the build
     * @throws IOException if files cannot be read or written
     */
    public BuildResult writeTo(ImageTarget target) throws IOException {
        target.check(build.platforms(), build.resources().offline());
        build.refuseGaps();
        try (BuildLease lease = build.lease()) {
            CheckedBuild checked = build.fetchBaseImages();
            List<ImageSaving.Saved> saved = build.saveImages();
            WrittenImage written = write(target, checked, saved);
            build.recordCleanFiles(checked);
            BuildResult result = new BuildResult(written, checked, saved, build.lockOf(saved));
            build.resources().listener().onEvent(new BuildEvent.ImageWritten(result.digest()));
            lease.check();
            return result;
        }
    }

    private WrittenImage write(ImageTarget target, CheckedBuild checked, List<ImageSaving.Saved> saved)
            throws IOException {
        try {
            return ImageOutput.writeTo(target, build.imageRequest(checked, saved), build.resources());
        } catch (RecipeException e) {
            throw new BuildRefusedException(e.problems());
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the image was written", e);
        }
    }

    /**
     * Saves the images into a directory in the <a
     * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">storage layout of the
     * distribution registry</a>, as {@code registry/} of a context has them. Where several platforms are built, each
     * has a directory of its own in it, such as {@code linux-arm64}.
     *
     * <p>A tag points to the manifest for the platform; the index that the registry has under it is there by its
     * digest. What is asked for by its digest alone has a tag of its own, {@code by-digest-sha256-} and the hex digits,
     * because sealos copies by tags.
     *
     * <p>A directory that is there keeps what it has: of its files only those are taken away that an earlier call has
     * written, that this one does not need, and that no other image there links to. Each file appears when it is whole,
     * a tag after what it stands for, so that the directory may be served meanwhile; only one call may write to it at a
     * time.
     *
     * @param directory the directory that is served, or copied as {@code registry}; it is made where it is missing
     * @return the digests of what was saved, for all platforms
     * @throws ImageGapsException if images may be missing that the application runs, and the caller has not accepted
     *     that; it lists all gaps, and no network is used
     * @throws ImageSaveException if images could not be saved; it lists all of them, and nothing is written
     * @throws IOException if files cannot be read or written
     * @throws IllegalStateException if the image was built with {@code saveImages(false)}
     */
    public ImageLock saveRegistry(Path directory) throws IOException {
        return build.saveRegistry(directory);
    }
}
