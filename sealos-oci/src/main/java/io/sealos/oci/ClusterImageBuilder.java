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
import io.sealos.oci.internal.registry.LocalOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Describes a cluster image. The order of the calls does not matter; {@link #build()} resolves and checks all of them.
 *
 * <p>Every method returns this builder. Not thread-safe; what it builds is.
 */
public final class ClusterImageBuilder {
    private final BuilderSettings settings = new BuilderSettings();

    ClusterImageBuilder() {}

    /**
     * Sets the context directory: what COPY copies from, and what images are looked for in. Required. It is never
     * written to.
     *
     * @param directory the directory
     */
    public ClusterImageBuilder context(Path directory) {
        settings.context = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Sets the build file. Default: those of the context directory that sealos would take, joined as it joins them.
     *
     * @param file the build file
     */
    public ClusterImageBuilder kubefile(Path file) {
        settings.kubefilePath = Objects.requireNonNull(file, "file");
        settings.kubefile = null;
        return this;
    }

    /** Sets the build file as an object, for programs that write their own. */
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
     * @throws IllegalArgumentException if it has a digest, which is not for the caller to say
     */
    public ClusterImageBuilder tag(String reference) {
        ImageReference name = ImageReference.parse(reference);
        if (name.digest().isPresent()) {
            throw new IllegalArgumentException(
                    "the image cannot be named '" + reference + "': its digest follows from its content; name a tag");
        }
        settings.tags.add(name.withDefaultTag());
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
     * Says whether the images that the application runs are saved into {@code registry/}. Default: true.
     *
     * @param save false leaves {@code registry/} as the context has it
     */
    public ClusterImageBuilder saveImages(boolean save) {
        settings.saveImages = save;
        return this;
    }

    /** Accepts every gap: an image is written although others that it needs may be missing. Default: it is refused. */
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
     * Says whether images may be fetched from registries. Default: false, they may.
     *
     * @param withoutNetwork true takes images from archives and the content store, and fails with all that is missing
     */
    public ClusterImageBuilder offline(boolean withoutNetwork) {
        settings.offline = withoutNetwork;
        return this;
    }

    /**
     * Takes an image from elsewhere than from its registry, and saves it even where nothing asks for it. It comes
     * before what {@code images/skopeo/tar.txt} lists under the same name.
     *
     * @param reference the name under which the application finds it; without a tag it is {@code latest}
     * @param origin where it is; if it has several images, the one with this name is taken
     * @throws io.sealos.images.ImageReferenceException if it is no name of an image
     * @throws IllegalArgumentException if the origin is a registry, from which an image is saved under its own name
     */
    public ClusterImageBuilder image(String reference, ImageOrigin origin) {
        LocalOrigin local = Objects.requireNonNull(origin, "origin").local();
        settings.images.put(ImageReference.parse(reference).withDefaultTag(), local);
        return this;
    }

    /**
     * Says where a base image is read from, instead of its registry.
     *
     * @param reference as FROM or {@code COPY --from} names it
     * @param origin the image: of several the one that has this name, or else the only one, for the platform of the
     *     build; a layout or archive is read by {@link #build()}, and must stay until the image is written
     * @throws io.sealos.images.ImageReferenceException if the reference is no name of an image
     */
    public ClusterImageBuilder baseImage(String reference, ImageOrigin origin) {
        ImageReference name = ImageReference.parse(reference).withDefaultTag();
        settings.baseImages.put(name, Objects.requireNonNull(origin, "origin").base());
        return this;
    }

    /**
     * Sets how images are looked for. Default: {@code ImageScanner.builder().build()}.
     *
     * @param imageScanner the scanner
     */
    public ClusterImageBuilder scanner(ImageScanner imageScanner) {
        settings.scanner = Objects.requireNonNull(imageScanner, "imageScanner");
        return this;
    }

    /**
     * Sets how registries are reached. Default: HTTPS, with the credentials of docker's and podman's files.
     *
     * @param access the access
     */
    public ClusterImageBuilder registryAccess(RegistryAccess access) {
        settings.registryAccess = Objects.requireNonNull(access, "access");
        return this;
    }

    /**
     * Sets the directory that saved blobs are kept in for the next build. Default: one in the user's cache directory.
     *
     * @param directory the directory; it is made, for this user only, where it is missing
     */
    public ClusterImageBuilder contentStore(Path directory) {
        settings.contentStore = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Holds the build to the images of an earlier one: {@link #build()} refuses if other images are found than the lock
     * has for each platform, and what is saved is pulled by the locked digests. Default: tags are resolved anew.
     *
     * @param imageLock what {@link BuildResult#lock()} of an earlier build gave
     */
    public ClusterImageBuilder lock(ImageLock imageLock) {
        settings.lock = Objects.requireNonNull(imageLock, "imageLock");
        return this;
    }

    /**
     * Sets the time that the image, and every file in it, carries. Default: the environment variable
     * {@code SOURCE_DATE_EPOCH}, or else 1970-01-01.
     *
     * @param time the time, of which whole seconds count; from 1970 to 9999
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
        if (name.isBlank()) {
            throw new IllegalArgumentException("an annotation has no name; its value is '" + value + "'");
        }
        settings.annotations.put(name, Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Makes findings of the layout rules fail {@link #build()}. Default: none does.
     *
     * @param severity the least severity that fails
     */
    public ClusterImageBuilder failOn(Severity severity) {
        settings.failOn = Objects.requireNonNull(severity, "severity");
        return this;
    }

    /**
     * Sets who hears of the progress. Default: nobody.
     *
     * @param buildListener the listener; called by several threads, and cut off when it throws
     */
    public ClusterImageBuilder listener(BuildListener buildListener) {
        settings.listener = BuilderSettings.isolated(Objects.requireNonNull(buildListener, "buildListener"));
        return this;
    }

    /**
     * Sets how layers are stored. Default: {@link LayerCompression#BY_CONTENT}. A {@link DockerArchive} holds plain
     * layers whatever is chosen, because not every version of Docker loads others.
     *
     * @param compression the compression of every layer that has no choice of its own
     */
    public ClusterImageBuilder compression(LayerCompression compression) {
        settings.layers = settings.layers.withCompression(compression);
        return this;
    }

    /**
     * Sets how the layers of one destination are stored, such as {@code registry} of {@code COPY registry registry}.
     *
     * @param destination where COPY or ADD puts the files, as a path in the image; the leading slash may be missing
     * @param compression the compression of the layers that go there
     */
    public ClusterImageBuilder compression(String destination, LayerCompression compression) {
        settings.layers = settings.layers.withCompression(destination, compression);
        return this;
    }

    /**
     * Says whether signatures, attestations and lists of referrers are saved with their images. Default: false.
     *
     * @param save true saves them
     */
    public ClusterImageBuilder referrers(boolean save) {
        settings.referrers = save;
        return this;
    }

    /**
     * Sets how saved images are spread over layers. Default: {@link RegistryLayering#ONE_LAYER}.
     *
     * @param layering the rule
     */
    public ClusterImageBuilder registryLayering(RegistryLayering layering) {
        settings.layers = settings.layers.withRegistry(layering);
        return this;
    }

    /**
     * Decides between images that would lie in one place of {@code registry/}, such as {@code quay.io/team/app:1} and
     * {@code ghcr.io/team/app:1}: this one gets the tag, the other is there by its digest only. Default: such images
     * are reported as a failure.
     *
     * @param reference the image that wins
     * @throws io.sealos.images.ImageReferenceException if it is no name of an image
     */
    public ClusterImageBuilder preferImage(String reference) {
        settings.preferred.add(ImageReference.parse(reference).withDefaultTag());
        return this;
    }

    /**
     * Says whether an index is saved with all platforms that it lists, as {@code --all} of sealos does, so that its
     * digest is known at the site. Default: false; only an index that is named by its digest alone, which reaches the
     * nodes in no other way, is saved so, and {@link BuildResult#notices()} says what that costs.
     *
     * @param save true saves all platforms of every image
     */
    public ClusterImageBuilder allPlatforms(boolean save) {
        settings.allPlatforms = save;
        return this;
    }

    /** Does so for one image, as the application names it. */
    public ClusterImageBuilder allPlatforms(String reference) {
        settings.choosePlatforms(reference, settings.wholeImages, settings.singleImages);
        return this;
    }

    /** Saves the platform of the build only of one image, even if the digest of an index names it. */
    public ClusterImageBuilder onePlatform(String reference) {
        settings.choosePlatforms(reference, settings.singleImages, settings.wholeImages);
        return this;
    }

    /**
     * Sets who checks the files, fetches the images, makes the layers and pushes them. The calling thread helps, so an
     * executor that is busy or rejects work blocks nothing; it is never shut down. Default: threads that end with the
     * call.
     *
     * @param executor the executor
     */
    public ClusterImageBuilder executor(Executor executor) {
        settings.layers = settings.layers.withExecutor(executor);
        return this;
    }

    /**
     * Sets where the modes of context files come from. Default: {@link FileModes#AS_FOUND}.
     *
     * @param modes the rule
     */
    public ClusterImageBuilder fileModes(FileModes modes) {
        settings.fileModes = Objects.requireNonNull(modes, "modes");
        return this;
    }

    /**
     * Says whether a layer that an earlier build has put into the same {@link OciLayout#directory}, or pushed to the
     * same {@link RegistryImage}, is taken as it is when nothing that it is made from has changed
     * ({@link io.sealos.internal.files.FileState}). The bytes are those of a first build. Default: true.
     *
     * @param reuse false makes every layer anew, and has every file read
     */
    public ClusterImageBuilder reuseLayers(boolean reuse) {
        settings.reuseLayers = reuse;
        return this;
    }

    /**
     * {@return the image, with all checked that needs no network}
     *
     * @throws IOException if the context cannot be read, or has no build file
     * @throws io.sealos.kubefile.KubefileParseException if the build file has errors; it lists all
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated
     * @throws io.sealos.kubefile.IgnoreSyntaxException if a pattern of the ignore file is malformed
     * @throws BuildRefusedException if the build file needs a container, if a COPY finds nothing to copy, if a base
     *     image is not where {@link #baseImage} says, if {@code images/skopeo/tar.txt} names what is no archive, or if
     *     the images are not those of the {@link #lock(ImageLock) lock}
     * @throws io.sealos.layout.LayoutException if there are findings that {@link #failOn} names
     * @throws IllegalStateException if there is no context
     * @throws IllegalArgumentException if a compression is chosen for a destination that nothing is copied to
     */
    public ClusterImage build() throws IOException {
        return new ClusterImage(PreparedBuild.prepare(settings.request()));
    }
}
