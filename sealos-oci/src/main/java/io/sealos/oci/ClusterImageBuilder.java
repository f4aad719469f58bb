package io.sealos.oci;

import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.ScanProblem;
import io.sealos.internal.text.FileFailures;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.build.CreatedTime;
import io.sealos.oci.internal.build.PreparedBuild;
import io.sealos.oci.internal.read.Zstd;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Builds a {@link ClusterImage}. The setters return this builder, and may be called in any order. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ClusterImageBuilder extends DescribingSetters {
    ClusterImageBuilder() {}

    @Override
    ClusterImageBuilder self() {
        return this;
    }

    /**
     * Adds a name of the image. It is stored in its canonical form, such as {@code docker.io/labring/nginx:v1.23.1}.
     *
     * @param reference the name; {@code latest} if it has no tag
     * @return this builder
     * @throws io.sealos.images.ImageReferenceException if the name is malformed
     * @throws IllegalArgumentException if the name has a digest
     */
    public ClusterImageBuilder tag(String reference) {
        settings.addTag(reference);
        return this;
    }

    /**
     * Accepts all gaps. The image is written even if images that it needs may be missing. Default: false.
     *
     * @return this builder
     */
    public ClusterImageBuilder acceptGaps() {
        settings.acceptedGaps = settings.acceptedGaps.withAll();
        return this;
    }

    /**
     * Accepts the gaps of one kind in the matching files. May be called several times.
     *
     * @param kind the kind, which must be a {@linkplain ScanProblem.Kind#isGap gap}
     * @param files a glob of paths relative to the context directory, such as {@code charts/demo} or {@code **}
     * @return this builder
     * @throws IllegalArgumentException if the kind is not a gap, or the glob is empty or malformed
     */
    public ClusterImageBuilder acceptGaps(ScanProblem.Kind kind, String files) {
        settings.acceptedGaps = settings.acceptedGaps.with(kind, files);
        return this;
    }

    /**
     * Sets whether the build is offline and uses only images from local sources and the content store. Default: false.
     *
     * @param withoutNetwork {@code true} to use no network, and to report all images that are missing locally
     * @return this builder
     */
    public ClusterImageBuilder offline(boolean withoutNetwork) {
        settings.offline = withoutNetwork;
        return this;
    }

    /**
     * Saves an image from a source other than its registry, even if nothing refers to it. The source takes precedence
     * over an archive that {@code images/skopeo/tar.txt} lists under the same name.
     *
     * @param reference the name by which the application refers to the image; {@code latest} if it has no tag
     * @param source the source; if it has several images, the one with this name is used
     * @return this builder
     * @throws io.sealos.images.ImageReferenceException if the name is malformed
     * @throws IllegalArgumentException if the source is a {@link RegistryImage}
     */
    public ClusterImageBuilder image(String reference, ImageSource source) {
        var local = Objects.requireNonNull(source, "source").local();
        settings.images.put(ImageReference.parse(reference).withDefaultTag(), local);
        return this;
    }

    /**
     * Uses a base image from a source other than its registry.
     *
     * @param reference the name in FROM or {@code COPY --from}
     * @param source the source, of which the image with this name is used, or else its only image. {@link #build()}
     *     reads layouts and archives, which must not change until the image is written
     * @return this builder
     * @throws io.sealos.images.ImageReferenceException if the name is malformed
     */
    public ClusterImageBuilder baseImage(String reference, ImageSource source) {
        ImageReference name = ImageReference.parse(reference).withDefaultTag();
        settings.baseImages.put(name, Objects.requireNonNull(source, "source").base());
        return this;
    }

    /**
     * Sets the scanner that finds images. Default: {@code ImageScanner.builder().build()}.
     *
     * @param imageScanner the scanner
     * @return this builder
     */
    public ClusterImageBuilder scanner(ImageScanner imageScanner) {
        settings.scanner = Objects.requireNonNull(imageScanner, "imageScanner");
        return this;
    }

    /**
     * Sets the access to registries. Default: {@link RegistryAccess#defaults()}.
     *
     * @param access the access
     * @return this builder
     */
    public ClusterImageBuilder registryAccess(RegistryAccess access) {
        settings.registryAccess = Objects.requireNonNull(access, "access");
        return this;
    }

    /**
     * Sets the directory of the content store. Default: a directory in the cache directory of the user.
     *
     * @param directory the directory; if missing, it is created with access for this user only
     * @return this builder
     */
    public ClusterImageBuilder contentStore(Path directory) {
        settings.contentStore = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Restricts the build to the images of an earlier build. {@link #build()} fails if the images differ from those of
     * the lock, and images are fetched by the locked digests. Default: tags are resolved by each build.
     *
     * @param imageLock the lock of an earlier build, {@link BuildResult#lock()}
     * @return this builder
     */
    public ClusterImageBuilder lock(ImageLock imageLock) {
        settings.lock = Objects.requireNonNull(imageLock, "imageLock");
        return this;
    }

    /**
     * Sets the creation time of the image, which is also the modification time of every file in it. Default: the
     * environment variable {@code SOURCE_DATE_EPOCH}, or 1970-01-01 if it is not set.
     *
     * @param time the time, from 1970 to 9999; fractions of a second are ignored
     * @return this builder
     * @throws IllegalArgumentException if the time is out of this range
     */
    public ClusterImageBuilder created(Instant time) {
        settings.created = CreatedTime.checked(time);
        return this;
    }

    /**
     * Sets an annotation of the image, on the manifest of each platform and on the index if there are several
     * platforms. A {@link DockerArchive} cannot contain annotations.
     *
     * @param name the name, such as {@code org.opencontainers.image.source}
     * @param value the value
     * @return this builder
     * @throws IllegalArgumentException if the name is empty
     */
    public ClusterImageBuilder annotation(String name, String value) {
        settings.addAnnotation(name, value);
        return this;
    }

    /**
     * Sets the validator that checks the context directory: its rules, severities and baseline. Its findings are in
     * {@link BuildPlan#report()} and count for {@link #failOn}. The images are found by the {@link #scanner} of this
     * builder. Default: {@link LayoutValidator#standard()}.
     *
     * @param layoutValidator the validator, such as one with rules of your own
     * @return this builder
     */
    public ClusterImageBuilder validator(LayoutValidator layoutValidator) {
        settings.validator = Objects.requireNonNull(layoutValidator, "layoutValidator");
        return this;
    }

    /**
     * Sets which findings of the layout rules cause {@link #build()} to fail. Default: none.
     *
     * @param severity the lowest severity that causes a failure
     * @return this builder
     */
    public ClusterImageBuilder failOn(Severity severity) {
        settings.failOn = Objects.requireNonNull(severity, "severity");
        return this;
    }

    /**
     * Sets the listener that receives the events of the build. Default: none.
     *
     * @param buildListener the listener
     * @return this builder
     */
    public ClusterImageBuilder listener(BuildListener buildListener) {
        settings.listener = BuilderSettings.isolated(Objects.requireNonNull(buildListener, "buildListener"));
        return this;
    }

    /**
     * Sets the compression of layers. Default: {@link LayerCompression#BY_CONTENT}. Layers of a {@link DockerArchive}
     * are never compressed, because not all versions of Docker can load compressed layers.
     *
     * @param compression the compression of all layers for which no other one is set
     * @return this builder
     * @throws IllegalStateException if {@link LayerCompression#ZSTD} is not available
     */
    public ClusterImageBuilder compression(LayerCompression compression) {
        settings.layers = settings.layers.withCompression(available(compression));
        return this;
    }

    /**
     * Sets the compression of the layers with one destination.
     *
     * @param destination the destination of COPY or ADD, such as {@code registry}; the leading slash is optional
     * @param compression the compression of these layers
     * @return this builder
     * @throws IllegalStateException if {@link LayerCompression#ZSTD} is not available
     */
    public ClusterImageBuilder compression(String destination, LayerCompression compression) {
        settings.layers = settings.layers.withCompression(destination, available(compression));
        return this;
    }

    private static LayerCompression available(LayerCompression compression) {
        if (compression == LayerCompression.ZSTD) {
            Zstd.requireAvailable();
        }
        return compression;
    }

    /**
     * Sets the distribution of saved images over layers. Default: {@link RegistryLayering#ONE_LAYER}.
     *
     * @param layering the distribution
     * @return this builder
     */
    public ClusterImageBuilder registryLayering(RegistryLayering layering) {
        settings.layers = settings.layers.withRegistry(layering);
        return this;
    }

    /**
     * Chooses which of several images gets a tag that they would share in {@code registry/}, such as
     * {@code quay.io/team/app:1} and {@code ghcr.io/team/app:1}. The others can be found by digest only. Default: such
     * images fail the build.
     *
     * @param reference the image that gets the tag
     * @return this builder
     * @throws io.sealos.images.ImageReferenceException if the reference is malformed
     */
    public ClusterImageBuilder preferImage(String reference) {
        settings.preferred.add(ImageReference.parse(Objects.requireNonNull(reference, "reference"))
                .withDefaultTag());
        return this;
    }

    /**
     * Sets whether images are saved for all platforms of their index, so the digest of the index is known at the site.
     * Default: false. An index that is referenced by digest alone is always saved for all platforms, because nodes
     * could not pull it otherwise; {@link BuildResult#notices()} states its size.
     *
     * @param save {@code true} to save all platforms of every image
     * @return this builder
     */
    public ClusterImageBuilder allPlatforms(boolean save) {
        settings.allPlatforms = save;
        return this;
    }

    /**
     * Saves one image for all platforms of its index.
     *
     * @param reference the image as the application refers to it
     * @return this builder
     */
    public ClusterImageBuilder allPlatforms(String reference) {
        settings.choosePlatforms(reference, settings.wholeImages, settings.singleImages);
        return this;
    }

    /**
     * Saves one image for the platform of the build only, even if it is referenced by the digest of an index.
     *
     * @param reference the image as the application refers to it
     * @return this builder
     */
    public ClusterImageBuilder onePlatform(String reference) {
        settings.choosePlatforms(reference, settings.singleImages, settings.wholeImages);
        return this;
    }

    /**
     * Sets the executor of the build. It is never shut down. The calling thread takes part in the work, so an executor
     * that is busy or rejects tasks does not block the build. Default: threads that end with the call.
     *
     * @param executor the executor
     * @return this builder
     */
    public ClusterImageBuilder executor(Executor executor) {
        settings.layers = settings.layers.withExecutor(executor);
        return this;
    }

    /**
     * Sets the modes that context files get in the image. Default: {@link FileModes#AS_FOUND}. With
     * {@link FileModes#NORMALIZED}, the rule {@code mode-lost} about modes of the disk is left out.
     *
     * @param modes the modes
     * @return this builder
     */
    public ClusterImageBuilder fileModes(FileModes modes) {
        settings.fileModes = Objects.requireNonNull(modes, "modes");
        return this;
    }

    /**
     * Sets whether the build reuses layers that an earlier build has written to the same {@link OciLayout#directory} or
     * pushed to the same {@link RegistryImage}, if the sizes, inodes and times of their files have not changed. The
     * result has the same bytes in either case. Default: true.
     *
     * @param reuse {@code false} to create every layer, and to read every file
     * @return this builder
     */
    public ClusterImageBuilder reuseLayers(boolean reuse) {
        settings.reuseLayers = reuse;
        return this;
    }

    /**
     * Evaluates the build file, finds the images, and checks everything that can be checked without the network.
     *
     * @return the image
     * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status is kept
     * @throws IOException if the context cannot be read
     * @throws io.sealos.kubefile.KubefileParseException if the build file has syntax errors; it lists all of them, and
     *     what else is wrong with other instructions, as far as it does not depend on variables
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated; it lists all
     *     problems
     * @throws io.sealos.kubefile.IgnoreSyntaxException if a pattern of the ignore file is malformed
     * @throws BuildRefusedException if there is no build file, a COPY finds nothing to copy, the source of a base image
     *     does not contain it, {@code images/skopeo/tar.txt} names a file that is not an archive, or the images differ
     *     from those of the lock. All instructions that cannot be executed are listed together. If one of them, such as
     *     RUN, could be executed by an engine with containers, {@link ClusterImage#plan} and
     *     {@link ClusterImage#writeTo} refuse them instead, and {@link ClusterImage#saveRegistry} is possible
     * @throws io.sealos.layout.LayoutException if there are findings of the severity set by {@link #failOn} or above
     * @throws IllegalStateException if neither a context directory nor a file of the context was given, or if the
     *     environment variable {@code SOURCE_DATE_EPOCH} determines the creation time and is malformed
     * @throws IllegalArgumentException if a compression is set for a destination to which nothing is copied
     */
    public ClusterImage build() throws IOException {
        try {
            return FileFailures.explained(
                    settings.contextName(), () -> new ClusterImage(PreparedBuild.prepare(settings.request())));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("the context was read", e);
        }
    }
}
