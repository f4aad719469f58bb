package io.sealos.oci;

import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.ScanProblem;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.build.CreatedTime;
import io.sealos.oci.internal.build.PreparedBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Builds a {@link ClusterImage}. The order of the calls does not matter. Every setter returns this builder. Not
 * thread-safe; the images that it builds are.
 */
public final class ClusterImageBuilder {
    private final BuilderSettings settings = new BuilderSettings();

    ClusterImageBuilder() {}

    /**
     * Sets the context directory, from which COPY copies, and in which images are found. Required; never written to.
     *
     * @param directory the directory
     */
    public ClusterImageBuilder context(Path directory) {
        settings.context = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Sets the build file. Default: those of the context directory that sealos takes, joined as by sealos.
     *
     * @param file the build file
     */
    public ClusterImageBuilder kubefile(Path file) {
        settings.kubefilePath = Objects.requireNonNull(file, "file");
        settings.kubefile = null;
        return this;
    }

    /**
     * Sets the build file as an object, for programs that write their own.
     *
     * @param file the build file
     */
    public ClusterImageBuilder kubefile(Kubefile file) {
        settings.kubefile = Objects.requireNonNull(file, "file");
        settings.kubefilePath = null;
        return this;
    }

    /**
     * Adds a name of the image, stored as {@code docker.io/labring/nginx:v1.23.1}; without a tag it is {@code latest}.
     *
     * @param reference the name
     * @throws io.sealos.images.ImageReferenceException if it is no name of an image
     * @throws IllegalArgumentException if it has a digest, which follows from the content
     */
    public ClusterImageBuilder tag(String reference) {
        settings.addTag(reference);
        return this;
    }

    /**
     * Adds a platform to build for, such as {@code linux/arm64}. Default: {@code linux/amd64}.
     *
     * @param platform the platform as {@code os/architecture[/variant]}
     * @throws IllegalArgumentException if it has another form
     */
    public ClusterImageBuilder platform(String platform) {
        settings.platforms.add(Platform.parse(platform));
        return this;
    }

    /** Sets a build argument, as {@code --build-arg} does. */
    public ClusterImageBuilder buildArg(String name, String value) {
        settings.options = settings.options.toBuilder().buildArg(name, value).build();
        return this;
    }

    /** Sets a label of the image, over one of the same name in the build file. */
    public ClusterImageBuilder label(String name, String value) {
        settings.options = settings.options.toBuilder().label(name, value).build();
        return this;
    }

    /** Sets an environment variable of the image, over one of the same name in the build file. */
    public ClusterImageBuilder env(String name, String value) {
        settings.options = settings.options.toBuilder().env(name, value).build();
        return this;
    }

    /**
     * Sets the stage to build. Default: the last.
     *
     * @param stage its name or number
     */
    public ClusterImageBuilder target(String stage) {
        settings.options = settings.options.toBuilder().target(stage).build();
        return this;
    }

    /**
     * Sets whether the images that the application runs are saved into {@code registry/}. Default: true.
     *
     * @param save false leaves {@code registry/} of the context unchanged
     */
    public ClusterImageBuilder saveImages(boolean save) {
        settings.saveImages = save;
        return this;
    }

    /** Accepts all gaps: the image is written although images that it needs may be missing. Default: it is refused. */
    public ClusterImageBuilder acceptGaps() {
        settings.acceptedGaps = settings.acceptedGaps.withAll();
        return this;
    }

    /**
     * Accepts the gaps of one kind in some files. Repeatable.
     *
     * @param kind a kind that {@link ScanProblem.Kind#isGap is a gap}
     * @param files a glob of paths relative to the context directory, such as {@code charts/demo} or {@code **}
     * @throws IllegalArgumentException if the kind is no gap, or the glob is empty or malformed
     */
    public ClusterImageBuilder acceptGaps(ScanProblem.Kind kind, String files) {
        settings.acceptedGaps = settings.acceptedGaps.with(kind, files);
        return this;
    }

    /**
     * Sets whether the build is air-gapped. Default: false, images are fetched from registries.
     *
     * @param withoutNetwork true takes images from archives and the content store only, and reports all missing ones
     */
    public ClusterImageBuilder offline(boolean withoutNetwork) {
        settings.offline = withoutNetwork;
        return this;
    }

    /**
     * Takes an image from another origin than its registry, and saves it even if nothing refers to it. Takes precedence
     * over an archive that {@code images/skopeo/tar.txt} lists under the same name.
     *
     * @param reference the name under which the application finds it; without a tag it is {@code latest}
     * @param origin the origin; if it has several images, the one with this name is taken
     * @throws io.sealos.images.ImageReferenceException if it is no name of an image
     * @throws IllegalArgumentException if the origin is a registry, from which an image is saved under its own name
     */
    public ClusterImageBuilder image(String reference, ImageOrigin origin) {
        var local = Objects.requireNonNull(origin, "origin").local();
        settings.images.put(ImageReference.parse(reference).withDefaultTag(), local);
        return this;
    }

    /**
     * Takes a base image from another origin than its registry.
     *
     * @param reference the name in FROM or {@code COPY --from}
     * @param origin the origin; the image with this name, or else the only one, is taken for the platform of the build.
     *     A layout or archive is read by {@link #build()}, and must not change until the image is written
     * @throws io.sealos.images.ImageReferenceException if the reference is no name of an image
     */
    public ClusterImageBuilder baseImage(String reference, ImageOrigin origin) {
        ImageReference name = ImageReference.parse(reference).withDefaultTag();
        settings.baseImages.put(name, Objects.requireNonNull(origin, "origin").base());
        return this;
    }

    /**
     * Sets the scanner that finds images. Default: {@code ImageScanner.builder().build()}.
     *
     * @param imageScanner the scanner
     */
    public ClusterImageBuilder scanner(ImageScanner imageScanner) {
        settings.scanner = Objects.requireNonNull(imageScanner, "imageScanner");
        return this;
    }

    /**
     * Sets the access to registries. Default: HTTPS, with the credentials of docker's and podman's login files.
     *
     * @param access the access
     */
    public ClusterImageBuilder registryAccess(RegistryAccess access) {
        settings.registryAccess = Objects.requireNonNull(access, "access");
        return this;
    }

    /**
     * Sets the directory of the content store. Default: a directory in the user's cache directory.
     *
     * @param directory the directory; created, for this user only, if it is missing
     */
    public ClusterImageBuilder contentStore(Path directory) {
        settings.contentStore = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Restricts the build to the images of an earlier one: {@link #build()} refuses if other images are found than the
     * lock has for each platform, and images are fetched by the locked digests. Default: tags are resolved anew.
     *
     * @param imageLock the lock of an earlier build, {@link BuildResult#lock()}
     */
    public ClusterImageBuilder lock(ImageLock imageLock) {
        settings.lock = Objects.requireNonNull(imageLock, "imageLock");
        return this;
    }

    /**
     * Sets the time of the image and of every file in it. Default: the environment variable {@code SOURCE_DATE_EPOCH},
     * or else 1970-01-01.
     *
     * @param time the time, from 1970 to 9999; fractions of a second are ignored
     * @throws IllegalArgumentException if the time is before or after these years
     */
    public ClusterImageBuilder created(Instant time) {
        settings.created = CreatedTime.checked(time);
        return this;
    }

    /**
     * Sets an annotation of the image, as {@code --annotation} does: on the manifest of each platform, and on the index
     * where there are several. A {@link DockerArchive} has no place for annotations.
     *
     * @param name the name, such as {@code org.opencontainers.image.source}
     * @param value the value
     * @throws IllegalArgumentException if the name is empty
     */
    public ClusterImageBuilder annotation(String name, String value) {
        settings.addAnnotation(name, value);
        return this;
    }

    /**
     * Sets which findings of the layout rules fail {@link #build()}. Default: none.
     *
     * @param severity the least severity that fails
     */
    public ClusterImageBuilder failOn(Severity severity) {
        settings.failOn = Objects.requireNonNull(severity, "severity");
        return this;
    }

    /**
     * Sets the listener that receives the events of the build. Default: none.
     *
     * @param buildListener the listener; called by several threads, and not again after an exception
     */
    public ClusterImageBuilder listener(BuildListener buildListener) {
        settings.listener = BuilderSettings.isolated(Objects.requireNonNull(buildListener, "buildListener"));
        return this;
    }

    /**
     * Sets the compression of layers. Default: {@link LayerCompression#BY_CONTENT}. Layers of a {@link DockerArchive}
     * are never compressed, because not every version of Docker loads compressed ones.
     *
     * @param compression the compression of all layers without a setting of their own
     */
    public ClusterImageBuilder compression(LayerCompression compression) {
        settings.layers = settings.layers.withCompression(compression);
        return this;
    }

    /**
     * Sets the compression of the layers of one destination.
     *
     * @param destination the destination of COPY or ADD, such as {@code registry}; a leading slash may be missing
     * @param compression the compression of these layers
     */
    public ClusterImageBuilder compression(String destination, LayerCompression compression) {
        settings.layers = settings.layers.withCompression(destination, compression);
        return this;
    }

    /**
     * Sets whether signatures, attestations and lists of referrers are saved with their images. Default: false.
     *
     * @param save true saves them
     */
    public ClusterImageBuilder referrers(boolean save) {
        settings.referrers = save;
        return this;
    }

    /**
     * Sets how saved images are distributed over layers. Default: {@link RegistryLayering#ONE_LAYER}.
     *
     * @param layering the rule
     */
    public ClusterImageBuilder registryLayering(RegistryLayering layering) {
        settings.layers = settings.layers.withRegistry(layering);
        return this;
    }

    /**
     * Chooses between images that have the same place in {@code registry/}, such as {@code quay.io/team/app:1} and
     * {@code ghcr.io/team/app:1}: this one gets the tag, the other is found by its digest only. Default: such images
     * fail the build.
     *
     * @param reference the image that gets the tag
     * @throws io.sealos.images.ImageReferenceException if it is no name of an image
     */
    public ClusterImageBuilder preferImage(String reference) {
        settings.preferred.add(ImageReference.parse(reference).withDefaultTag());
        return this;
    }

    /**
     * Sets whether an index is saved with all platforms that it lists, as with {@code --all} of sealos, so that its
     * digest is known at the site. Default: false; only an index that is referenced by its digest alone, which reaches
     * the nodes in no other way, is saved so, and {@link BuildResult#notices()} has its size.
     *
     * @param save true saves all platforms of every image
     */
    public ClusterImageBuilder allPlatforms(boolean save) {
        settings.allPlatforms = save;
        return this;
    }

    /**
     * Saves all platforms of one image.
     *
     * @param reference the image as the application names it
     */
    public ClusterImageBuilder allPlatforms(String reference) {
        settings.choosePlatforms(reference, settings.wholeImages, settings.singleImages);
        return this;
    }

    /**
     * Saves only the platform of the build of one image, even if it is referenced by the digest of an index.
     *
     * @param reference the image as the application names it
     */
    public ClusterImageBuilder onePlatform(String reference) {
        settings.choosePlatforms(reference, settings.singleImages, settings.wholeImages);
        return this;
    }

    /**
     * Sets the executor of the build, which is never shut down. The calling thread takes part, so an executor that is
     * busy or rejects work does not block the build. Default: threads that end with the call.
     *
     * @param executor the executor
     */
    public ClusterImageBuilder executor(Executor executor) {
        settings.layers = settings.layers.withExecutor(executor);
        return this;
    }

    /**
     * Sets the source of the modes of context files. Default: {@link FileModes#AS_FOUND}.
     *
     * @param modes the rule
     */
    public ClusterImageBuilder fileModes(FileModes modes) {
        settings.fileModes = Objects.requireNonNull(modes, "modes");
        return this;
    }

    /**
     * Sets whether a layer that an earlier build has written to the same {@link OciLayout#directory}, or pushed to the
     * same {@link RegistryImage}, is reused if the state of its files (size, inode, and times of change) is the same.
     * The bytes are those of a first build. Default: true.
     *
     * @param reuse false makes every layer anew, and reads every file
     */
    public ClusterImageBuilder reuseLayers(boolean reuse) {
        settings.reuseLayers = reuse;
        return this;
    }

    /**
     * {@return the image, with everything checked that needs no network}
     *
     * @throws IOException if the context cannot be read, or has no build file
     * @throws io.sealos.kubefile.KubefileParseException if the build file has errors; it lists all
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated
     * @throws io.sealos.kubefile.IgnoreSyntaxException if a pattern of the ignore file is malformed
     * @throws BuildRefusedException if the build file needs a container, if a COPY finds nothing to copy, if a base
     *     image is not in the origin that {@link #baseImage} names, if {@code images/skopeo/tar.txt} names a file that
     *     is no archive, or if the images are not those of the {@link #lock(ImageLock) lock}
     * @throws io.sealos.layout.LayoutException if there are findings of a severity of {@link #failOn}
     * @throws IllegalStateException if there is no context
     * @throws IllegalArgumentException if a compression is chosen for a destination that nothing is copied to
     */
    public ClusterImage build() throws IOException {
        return new ClusterImage(PreparedBuild.prepare(settings.request()));
    }
}
