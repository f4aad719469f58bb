package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.FileFailures;
import io.sealos.oci.internal.build.BuildLease;
import io.sealos.oci.internal.build.CheckedBuild;
import io.sealos.oci.internal.build.PreparedBuild;
import io.sealos.oci.internal.build.bill.FinishedBill;
import io.sealos.oci.internal.build.bill.ImageDescription;
import io.sealos.oci.internal.build.save.ImageSaving;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.progress.CallRun;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.trust.BillOfMaterials;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A cluster image that is ready to be written. Its build file has been evaluated, the images that it needs have been
 * found, and everything that can be checked without the network has been checked.
 *
 * <pre>{@code
 * ClusterImage image = ClusterImage.builder()
 *         .context(Path.of("nginx"))
 *         .tag("labring/nginx:v1.23.1")
 *         .build();
 * BuildResult done = image.writeTo(OciLayout.archive(Path.of("nginx.tar")));
 * }</pre>
 *
 * <p>Immutable and thread-safe. An image can be written several times. Each time, the files of the context are read
 * again.
 *
 * <p>A call is cancelled by interrupting its thread, for example with {@code Future.cancel(true)} or
 * {@code ExecutorService.shutdownNow()}. It stops requests, threads and processes, waits for them, deletes its
 * temporary files and the empty parent directories of the output that it has created, and throws an
 * {@link InterruptedIOException}; the interrupt status of the thread is kept. Its listener gets
 * {@link BuildOutcome#CANCELLED}. Blobs that have been fetched stay in the content store, so the next call does not
 * fetch them again. A process that is killed leaves temporary files, which later calls delete.
 *
 * @since 0.1.0
 */
public final class ClusterImage {
    private final PreparedBuild build;

    ClusterImage(PreparedBuild build) {
        this.build = build;
    }

    /** {@return a new builder, of which at least the context must be set} */
    public static ClusterImageBuilder builder() {
        return new ClusterImageBuilder();
    }

    /**
     * Reads the only image of a source.
     *
     * @param source the source, written by this library or by another tool
     * @return the image
     * @throws ImageChoiceException if the source has several images, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read, or is not of the form that its class says
     */
    public static InspectedImage inspect(ImageSource source) throws IOException {
        return inspect(source, ImageChoice.any());
    }

    /**
     * Reads an image of a source. Its manifest and configuration are compared with their digests.
     * {@link OciLayoutVerifier} also compares the layers.
     *
     * @param source the source, written by this library or by another tool
     * @param choice the choice of one of its images
     * @return the image
     * @throws ImageChoiceException if the choice matches several images or none; the exception lists the stored images
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read, or is not of the form that its class says
     */
    public static InspectedImage inspect(ImageSource source, ImageChoice choice) throws IOException {
        Interruptions.check("the image was inspected");
        try {
            return FileFailures.explained(source, () -> new InspectedImage(source.read(choice)));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("the image was inspected", e);
        }
    }

    /**
     * Writes a bill of materials of an image, as far as its content tells: its images, charts and files with their
     * digests, and the documents in its {@code registry/}. The registries of the images, the lines that request them
     * and the base images are only known to a build ({@link ClusterImageBuilder ClusterImageBuilder.billOfMaterials}).
     * The layers are read twice.
     *
     * @param source the source, written by this library or by another tool
     * @param choice the choice of one of its images, for one platform
     * @return the bill
     * @throws ImageChoiceException if the choice matches several images or none; the exception lists the stored images
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read, or is not of the form that its class says
     */
    public static BillOfMaterials billOfMaterials(ImageSource source, ImageChoice choice) throws IOException {
        Objects.requireNonNull(choice, "choice");
        Interruptions.check("the bill of materials was written");
        try {
            return FinishedBill.write(FileFailures.explained(source, () -> source.described(choice)), List.of());
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("the bill of materials was written", e);
        }
    }

    /**
     * Compares the only images of two sources.
     *
     * @param before the earlier image
     * @param after the later image
     * @return the difference
     * @throws ImageChoiceException if a source has several images, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if a source cannot be read, or is not of the form that its class says
     */
    public static ClusterImageDiff compare(ImageSource before, ImageSource after) throws IOException {
        return compare(before, ImageChoice.any(), after, ImageChoice.any());
    }

    /**
     * Compares an image of one source with an image of another one. The layers of both are read twice. The memory that
     * this needs depends on the number of files, but not on their sizes. Layers of a {@link RegistryImage} are fetched
     * into temporary files; images with the same manifest are equal, and their layers are not fetched.
     *
     * <p>Container images in {@code registry/} are compared by their digests. Their files are compared if the sources
     * are {@link ImageSource#containedImages}.
     *
     * @param before the source of the earlier image
     * @param beforeChoice the choice of one of its images
     * @param after the source of the later image, which may be the same
     * @param afterChoice the choice of one of its images
     * @return the difference
     * @throws ImageChoiceException if a choice matches several images or none; the exception lists the stored images
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if a source cannot be read, or is not of the form that its class says
     */
    public static ClusterImageDiff compare(
            ImageSource before, ImageChoice beforeChoice, ImageSource after, ImageChoice afterChoice)
            throws IOException {
        return ClusterImageComparison.compare(before, beforeChoice, after, afterChoice);
    }

    /**
     * Compares a finished image with a plan, which shows what would change if the image were built now. The network is
     * only used to read a {@link RegistryImage}. The digests of container images are compared if the plan knows them,
     * which is the case with a lock. The plan does not list images that {@code registry/} of the context has already.
     *
     * @param before the source of the finished image
     * @param choice the choice of one of its images
     * @param after the plan of a build that includes the platform of the image
     * @return the difference, in which the number of bytes to receive is not known
     * @throws IllegalArgumentException if the plan is not for the platform of the image, or has unread base images
     * @throws ImageChoiceException if the choice matches several images or none; the exception lists the stored images
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source or the context cannot be read, or the source is not of the form that its class
     *     says
     */
    public static ClusterImageDiff compare(ImageSource before, ImageChoice choice, BuildPlan after) throws IOException {
        Objects.requireNonNull(after, "after");
        return ClusterImageComparison.compare(before, choice, after);
    }

    /**
     * Creates the full image of a delta image again, for all of its platforms. It has the same manifests,
     * configurations and layers, byte for byte, as if it had been built without {@link ClusterImageBuilder
     * ClusterImageBuilder.deltaFrom}. Its digest is compared with that in the delta image. A layer that is compressed
     * by gzip needs a Java version that compresses like that of the build; layers of saved images are not compressed by
     * default.
     *
     * @param bases the images from which the delta image was built, and which contain the blobs that it leaves out
     * @param delta the delta image, as the only image of its source
     * @param target the layout or archive to which the full image is written, with the names of the delta image
     * @return the digest of the full image
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and an earlier output
     *     is unchanged
     * @throws IOException if the source is no delta image, a base lacks a blob, the full image becomes another one, or
     *     files cannot be read or written; an earlier output is unchanged
     */
    public static Digest combine(Collection<? extends ImageSource> bases, ImageSource delta, OciLayout target)
            throws IOException {
        Interruptions.check("images were combined");
        try {
            DeltaCombination combination = new DeltaCombination(List.copyOf(bases), target);
            return FileFailures.explained(delta, () -> delta.open(combination::write));
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("images were combined", e);
        }
    }

    /**
     * {@return a merge of finished cluster images into one, which sealos runs like the images one after the other}
     *
     * @param images the images in their order, each with one name; {@link ImageMerge ImageMerge.image} adds one of
     *     several images of a source
     */
    public static ImageMerge merge(ImageSource... images) {
        return ImageMerge.of(List.of(Objects.requireNonNull(images, "images")));
    }

    /**
     * {@return an index of finished images for different platforms}
     *
     * @param images the images in the order of the index, each with one name; {@link ImageIndex ImageIndex.image} adds
     *     one of several images of a source
     */
    public static ImageIndex index(ImageSource... images) {
        return ImageIndex.of(List.of(Objects.requireNonNull(images, "images")));
    }

    /**
     * {@return the plan of the build, which is made without the network and without writing anything}
     *
     * @throws BuildRefusedException if an instruction needs a container or a network, such as RUN
     * @throws UncheckedIOException if files of the context cannot be read
     */
    public BuildPlan plan() {
        try {
            return new BuildPlan(build);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds the digests of the images that the application runs, without fetching their layers and without writing this
     * image. The manifests are fetched from the sources that {@link #writeTo} uses, and kept in the content store, as
     * are configurations that are needed to determine a platform. An image whose manifest is not known before its
     * layers are read, such as that of an archive of {@code docker save} or a {@link MadeImage}, is read or created.
     * The listener receives the events of the requests, but no {@link BuildEvent.ImageSaved}. Base images are not
     * fetched.
     *
     * @return the lock that {@link BuildResult#lock()} would have if this image were written now; empty if the build
     *     does not save images
     * @throws ImageGapsException if images that the application runs may be missing, and the gaps were not accepted;
     *     the network is not used
     * @throws ImageSaveException if images could not be resolved; it lists those of all platforms
     * @throws java.io.InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the content store cannot be used
     */
    public ImageLock resolve() throws IOException {
        return FileFailures.explained("the lock", build::resolve);
    }

    /**
     * Computes how many bytes a delta image will send and spare, without fetching layers and without writing this
     * image. Manifests are fetched like those of {@link #resolve}. Images in {@code registry/} of the context count as
     * well, but not those of a base image in FROM.
     *
     * @return the sizes for the first platform
     * @throws IllegalStateException if the image was built without {@link ClusterImageBuilder
     *     ClusterImageBuilder.deltaFrom}
     * @throws ImageGapsException if images that the application runs may be missing, and the gaps were not accepted;
     *     the network is not used
     * @throws ImageSaveException if images could not be resolved; it lists those of all platforms
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the content store or the context cannot be used
     */
    public ImageDelta planDelta() throws IOException {
        if (!build.isDelta()) {
            throw new IllegalStateException("this image is no delta; build it with a base (deltaFrom)");
        }
        return new ImageDelta(FileFailures.explained("the delta", build::planDelta));
    }

    /**
     * Fetches the base images, saves the images that the application runs, and writes this image to a target. The
     * output appears under its final name only when it is complete. At a registry, a tag is moved only when the
     * registry has everything that the tag will point to.
     *
     * @param target the target
     * @return the result
     * @throws ImageGapsException if images that the application runs may be missing, and the gaps were not accepted;
     *     the network is not used
     * @throws ImageSaveException if images could not be saved or base images could not be fetched; nothing is written
     * @throws ImagePushException if the image could not be pushed; no tag points to an incomplete image
     * @throws BuildRefusedException if an instruction needs a container or a network, such as RUN; if the target is in
     *     the context directory, where a COPY would copy it into the next image; if a COPY no longer finds anything to
     *     copy; or if a base image that has just been fetched contains something that {@link ClusterImageBuilder#build}
     *     refuses
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated with a base image
     *     that has just been fetched
     * @throws io.sealos.layout.LayoutException if such a base image causes findings that fail the build
     * @throws InterruptedIOException if the thread is interrupted; an earlier output of the target is unchanged, and a
     *     registry keeps the blobs that arrived, but gets no tag
     * @throws IOException if files cannot be read or written, or the target fails
     * @throws IllegalArgumentException if the target does not support this image
     */
    public BuildResult writeTo(ImageTarget target) throws IOException {
        build.refuseSteps();
        try (CallRun call = CallRun.start(build.resources().listener(), "write " + target)) {
            refuseDocuments(target);
            target.check(build.platforms(), build.resources().offline());
            build.refuseOutput(target.paths());
            build.refuseGaps();
            return call.complete(FileFailures.explained(target, () -> build(target)));
        } catch (ClosedFileSystemException e) {
            throw new IOException(
                    "a file system that the image needs, such as that of the context, is closed; close it after the"
                            + " image was written",
                    e);
        }
    }

    private void refuseDocuments(ImageTarget target) {
        if (build.hasDocuments() && (target instanceof DockerArchive || target instanceof DaemonImage)) {
            throw new IllegalArgumentException(target + " has no place for signatures; write an OCI layout or archive,"
                    + " push the image, or build it without sign(key)");
        }
    }

    private BuildResult build(ImageTarget target) throws IOException {
        try (BuildLease lease = lease()) {
            CheckedBuild checked = build.fetchBaseImages();
            List<ImageSaving.Saved> saved = build.saveImages();
            ImageDescription description = build.description(checked, saved);
            WrittenImage written = write(target, checked, saved, description);
            build.recordCleanFiles(checked);
            BuildResult result = new BuildResult(
                    target,
                    written,
                    checked,
                    saved,
                    build.lockOf(saved),
                    build.resources().access(),
                    description);
            build.resources().listener().onEvent(new BuildEvent.ImageWritten(result.digest()));
            lease.check();
            return result;
        }
    }

    private BuildLease lease() throws IOException {
        try {
            return build.lease();
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the image was written", e);
        }
    }

    private WrittenImage write(
            ImageTarget target, CheckedBuild checked, List<ImageSaving.Saved> saved, ImageDescription description)
            throws IOException {
        try {
            return ImageOutput.writeTo(target, build.imageRequest(checked, saved, description), build.resources());
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the image was written", e);
        }
    }

    /**
     * Saves the images that the application runs, without building the cluster image, into a directory that has the <a
     * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">storage layout of the
     * distribution registry</a>, like {@code registry/} of a context. If the build has several platforms, each has a
     * subdirectory of its own, such as {@code linux-arm64}.
     *
     * <p>A tag points to the manifest for the platform. The index of the image can be found by its digest. An image
     * that is referenced by its digest alone gets an additional tag, {@code by-digest-sha256-} followed by the hex
     * digits, because sealos copies only tags.
     *
     * <p>Other files of an existing directory are kept. Files that an earlier call has written are removed if this call
     * does not need them and no other image of the directory links to them. Each file appears when it is complete, and
     * a tag appears after everything that it points to, so the directory may be served at the same time. Only one call
     * at a time may write to it. The file {@code docker/registry/saved-files} lists the files of the last call.
     *
     * @param directory the directory, which can be served or copied as {@code registry}; created if it is missing
     * @return the digests of the saved images, for all platforms
     * @throws ImageGapsException if images that the application runs may be missing, and the gaps were not accepted;
     *     the network is not used
     * @throws ImageSaveException if images could not be saved; nothing is written
     * @throws InterruptedIOException if the thread is interrupted; the directory may have some of the images, each of
     *     which is complete, and the next call continues
     * @throws IOException if files cannot be read or written
     * @throws IllegalStateException if the image was built with {@code saveImages(false)}
     */
    public ImageLock saveRegistry(Path directory) throws IOException {
        try {
            RequiredPath.directoryOrNothing(directory, "name a directory for the registry files");
            return FileFailures.explained(directory, () -> build.saveRegistry(directory));
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("images were saved", e);
        }
    }
}
