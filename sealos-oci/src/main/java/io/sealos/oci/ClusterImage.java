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
 * A cluster image that is ready to be written: its build file is evaluated, its images are found, and everything is
 * checked that needs no network.
 *
 * <pre>{@code
 * ClusterImage image = ClusterImage.builder()
 *         .context(Path.of("nginx"))
 *         .tag("labring/nginx:v1.23.1")
 *         .build();
 * BuildResult done = image.writeTo(OciLayout.archive(Path.of("nginx.tar")));
 * }</pre>
 *
 * <p>Immutable and thread-safe. It can be written several times; the files of the context are read anew each time.
 */
public final class ClusterImage {
    private final PreparedBuild build;

    ClusterImage(PreparedBuild build) {
        this.build = build;
    }

    /** {@return a builder; at least its context has to be set} */
    public static ClusterImageBuilder builder() {
        return new ClusterImageBuilder();
    }

    /**
     * {@return the only image of an origin, read back}
     *
     * @param origin a layout or archive, whoever wrote it, or an image at a registry
     * @throws ImageChoiceException if there are several images, or none
     * @throws IOException if it cannot be read, or is no such layout or archive
     */
    public static InspectedImage inspect(ImageOrigin origin) throws IOException {
        return inspect(origin, ImageChoice.any());
    }

    /**
     * {@return an image of an origin, read back} Its documents are compared with their digests;
     * {@link OciLayoutVerifier} compares the layers, too.
     *
     * @param origin a layout or archive, whoever wrote it, or an image at a registry
     * @param choice the choice of one of its images
     * @throws ImageChoiceException if the choice matches several images or none; it lists the stored images
     * @throws IOException if it cannot be read, or is no such layout or archive
     */
    public static InspectedImage inspect(ImageOrigin origin, ImageChoice choice) throws IOException {
        try {
            return new InspectedImage(origin.read(choice));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("the image was inspected", e);
        }
    }

    /** {@return the plan of the build, made without network and without writing anything} */
    public BuildPlan plan() {
        try {
            return new BuildPlan(build);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fetches base images, saves the images that the application runs, and writes the image to a target. The output
     * appears under its final name only when it is complete; at a registry, a tag moves only when the registry has
     * everything that the tag points to.
     *
     * @param target the target
     * @return the result
     * @throws ImageGapsException if images that the application runs may be missing, and the gaps were not accepted; it
     *     lists all gaps, and no network is used
     * @throws ImageSaveException if images could not be saved, or base images fetched; it lists all of them, and
     *     nothing is written
     * @throws ImagePushException if the image could not be pushed; it lists all parts that failed, and no tag points to
     *     an incomplete image
     * @throws BuildRefusedException if a COPY finds nothing to copy any more, or if a base image that was fetched only
     *     now brings something that {@link ClusterImageBuilder#build} refuses
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated with such a base
     *     image
     * @throws io.sealos.layout.LayoutException if with such a base image there are findings that fail the build
     * @throws IOException if files cannot be read or written, or the target fails
     * @throws IllegalArgumentException if the target does not take such an image
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
     * <p>A tag points to the manifest for the platform; the index of the image is found by its digest. An image that is
     * referenced by its digest alone gets a tag of its own, {@code by-digest-sha256-} and the hex digits, because
     * sealos copies by tags.
     *
     * <p>An existing directory keeps its files, except those that an earlier call has written, that this one does not
     * need, and that no other image there links to. Each file appears when it is complete, and a tag after everything
     * that it points to, so the directory may be served meanwhile; only one call at a time may write to it. The
     * files of the last call are listed in {@code docker/registry/saved-files}.
     *
     * @param directory the directory, which is served or copied as {@code registry}; created if it is missing
     * @return the digests of the saved images, for all platforms
     * @throws ImageGapsException if images that the application runs may be missing, and the gaps were not accepted; it
     *     lists all gaps, and no network is used
     * @throws ImageSaveException if images could not be saved; it lists all of them, and nothing is written
     * @throws IOException if files cannot be read or written
     * @throws IllegalStateException if the image was built with {@code saveImages(false)}
     */
    public ImageLock saveRegistry(Path directory) throws IOException {
        return build.saveRegistry(directory);
    }
}
