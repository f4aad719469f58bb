package io.sealos.oci;

import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.layer.LayerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Describes a cluster image. The order of the calls does not matter; {@link #build()} resolves and checks all of them.
 *
 * <p>Not thread-safe; what it builds is.
 */
public final class ClusterImageBuilder {
    @Nullable
    Path context;

    @Nullable
    Path kubefilePath;

    @Nullable
    Kubefile kubefile;

    final Set<ImageReference> tags = new LinkedHashSet<>();
    final List<Platform> platforms = new ArrayList<>();
    BuildOptions options = BuildOptions.defaults();
    boolean saveImages = true;
    boolean offline;
    ImageScanner scanner = ImageScanner.builder().build();
    RegistryAccess registryAccess = RegistryAccess.defaults();

    @Nullable
    Path contentStore;

    @Nullable
    ImageLock lock;

    @Nullable
    Instant created;

    @Nullable
    Severity failOn;

    final SortedMap<String, String> annotations = new TreeMap<>();
    BuildListener listener = BuildListener.NONE;
    LayerOptions layers = LayerOptions.DEFAULT;
    FileModes fileModes = FileModes.AS_FOUND;
    boolean reuseLayers = true;

    ClusterImageBuilder() {}

    /**
     * Sets the context directory: what COPY copies from, and what images are looked for in. Required. It is never
     * written to.
     *
     * @param directory the directory
     * @return this builder
     */
    public ClusterImageBuilder context(Path directory) {
        this.context = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Sets the build file. Default: those of the context directory that sealos would take, joined as it joins them.
     *
     * @param file the build file, anywhere
     * @return this builder
     */
    public ClusterImageBuilder kubefile(Path file) {
        this.kubefilePath = Objects.requireNonNull(file, "file");
        this.kubefile = null;
        return this;
    }

    /**
     * Sets the build file as an object, for programs that write their own.
     *
     * @param file the build file
     * @return this builder
     */
    public ClusterImageBuilder kubefile(Kubefile file) {
        this.kubefile = Objects.requireNonNull(file, "file");
        this.kubefilePath = null;
        return this;
    }

    /**
     * Adds a name of the image, such as {@code labring/nginx:v1.23.1}. It is stored in its canonical form,
     * {@code docker.io/labring/nginx:v1.23.1}; a name without a tag gets {@code latest}.
     *
     * @param reference the name
     * @return this builder
     * @throws io.sealos.images.ImageReferenceException if it is no name of an image
     * @throws IllegalArgumentException if it has a digest, which is not for the caller to say
     */
    public ClusterImageBuilder tag(String reference) {
        ImageReference name = ImageReference.parse(reference);
        if (name.digest().isPresent()) {
            throw new IllegalArgumentException(
                    "the image cannot be named '" + reference + "': its digest follows from its content; name a tag");
        }
        tags.add(name.withDefaultTag());
        return this;
    }

    /**
     * Adds a platform to build for, such as {@code linux/arm64}. Default: {@code linux/amd64}.
     *
     * @param platform the platform as {@code os/architecture[/variant]}
     * @return this builder
     */
    public ClusterImageBuilder platform(String platform) {
        platforms.add(Platform.parse(platform));
        return this;
    }

    /**
     * Sets a build argument, as {@code --build-arg} does.
     *
     * @param name the name of the ARG
     * @param value its value
     * @return this builder
     */
    public ClusterImageBuilder buildArg(String name, String value) {
        options = options.toBuilder().buildArg(name, value).build();
        return this;
    }

    /**
     * Sets a label of the image, over one of the same name in the build file.
     *
     * @param name the name
     * @param value the value
     * @return this builder
     */
    public ClusterImageBuilder label(String name, String value) {
        options = options.toBuilder().label(name, value).build();
        return this;
    }

    /**
     * Sets an environment variable of the image, over one of the same name in the build file.
     *
     * @param name the name
     * @param value the value
     * @return this builder
     */
    public ClusterImageBuilder env(String name, String value) {
        options = options.toBuilder().env(name, value).build();
        return this;
    }

    /**
     * Sets the stage to build. Default: the last.
     *
     * @param stage its name or number
     * @return this builder
     */
    public ClusterImageBuilder target(String stage) {
        options = options.toBuilder().target(stage).build();
        return this;
    }

    /**
     * Says whether the images that the application runs are saved into {@code registry/}. Default: true.
     *
     * @param save false leaves {@code registry/} as the context has it
     * @return this builder
     */
    public ClusterImageBuilder saveImages(boolean save) {
        this.saveImages = save;
        return this;
    }

    /**
     * Says whether images may be fetched from registries. Default: false, they may.
     *
     * @param withoutNetwork true takes images from archives and from what earlier builds left in the content store, and
     *     fails at once with all that is missing there
     * @return this builder
     */
    public ClusterImageBuilder offline(boolean withoutNetwork) {
        this.offline = withoutNetwork;
        return this;
    }

    /**
     * Sets how images are looked for. Default: {@code ImageScanner.builder().build()}.
     *
     * @param imageScanner the scanner
     * @return this builder
     */
    public ClusterImageBuilder scanner(ImageScanner imageScanner) {
        this.scanner = Objects.requireNonNull(imageScanner, "imageScanner");
        return this;
    }

    /**
     * Sets how registries are reached. Default: HTTPS, with the credentials of docker's and podman's files.
     *
     * @param access the access
     * @return this builder
     */
    public ClusterImageBuilder registryAccess(RegistryAccess access) {
        this.registryAccess = Objects.requireNonNull(access, "access");
        return this;
    }

    /**
     * Sets the folder that saved blobs are kept in for the next build. Default: one in the user's cache directory.
     *
     * @param folder the folder; it is made, for this user only, where it is missing
     * @return this builder
     */
    public ClusterImageBuilder contentStore(Path folder) {
        this.contentStore = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Holds the build to the images of an earlier one: {@link #build()} refuses if other images are found than the lock
     * has for each platform, and what is saved is pulled by the locked digests. It means nothing where no images are
     * saved. Default: tags are resolved anew.
     *
     * @param imageLock what {@link BuildResult#lock()} of an earlier build gave
     * @return this builder
     */
    public ClusterImageBuilder lock(ImageLock imageLock) {
        this.lock = Objects.requireNonNull(imageLock, "imageLock");
        return this;
    }

    /**
     * Sets the time that the image, and every file in it, carries. Default: the environment variable
     * {@code SOURCE_DATE_EPOCH}, or else 1970-01-01.
     *
     * @param time the time, of which whole seconds count; from 1970 to 9999
     * @return this builder
     * @throws IllegalArgumentException if the time is before or after these years
     */
    public ClusterImageBuilder created(Instant time) {
        this.created = CreatedTime.checked(time);
        return this;
    }

    /**
     * Sets an annotation of the image, as {@code --annotation} does: on the manifest of each platform, and on the index
     * where there are several. A {@link DockerArchive} has no place for annotations.
     *
     * @param name the name, such as {@code org.opencontainers.image.source}; see the <a
     *     href="https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md">OCI image specification</a>
     * @param value the value
     * @return this builder
     * @throws IllegalArgumentException if the name is empty
     */
    public ClusterImageBuilder annotation(String name, String value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an annotation has no name; its value is '" + value + "'");
        }
        annotations.put(name, Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Makes findings of the layout rules fail {@link #build()}. Default: none does.
     *
     * @param severity the least severity that fails
     * @return this builder
     */
    public ClusterImageBuilder failOn(Severity severity) {
        this.failOn = Objects.requireNonNull(severity, "severity");
        return this;
    }

    /**
     * Sets who hears of the progress. Default: nobody.
     *
     * @param buildListener the listener; called by several threads, and cut off when it throws
     * @return this builder
     */
    public ClusterImageBuilder listener(BuildListener buildListener) {
        this.listener = new IsolatedListener(Objects.requireNonNull(buildListener, "buildListener"));
        return this;
    }

    /**
     * Sets how layers are stored. Default: {@link LayerCompression#BY_CONTENT}. A {@link DockerArchive} holds plain
     * layers whatever is chosen, because not every version of Docker loads others.
     *
     * @param compression the compression of every layer that has no choice of its own
     * @return this builder
     */
    public ClusterImageBuilder compression(LayerCompression compression) {
        layers = layers.withCompression(compression);
        return this;
    }

    /**
     * Sets how the layers of one destination are stored, such as {@code compression("registry", LayerCompression.NONE)}
     * for {@code COPY registry registry}.
     *
     * @param destination where COPY or ADD puts the files, as a path in the image; the leading slash may be missing
     * @param compression the compression of the layers that go there
     * @return this builder
     */
    public ClusterImageBuilder compression(String destination, LayerCompression compression) {
        layers = layers.withCompression(destination, compression);
        return this;
    }

    /**
     * Sets who fetches the images, makes the layers and pushes them. The thread that writes the image helps, so an
     * executor that is busy blocks nothing; it is never shut down. Default: threads that end with the call, at most 12
     * for images, 6 for a push, and for layers one for each processor.
     *
     * @param executor the executor
     * @return this builder
     */
    public ClusterImageBuilder executor(Executor executor) {
        layers = layers.withExecutor(executor);
        return this;
    }

    /**
     * Sets where the modes of context files come from. Default: {@link FileModes#AS_FOUND}.
     *
     * @param modes the rule
     * @return this builder
     */
    public ClusterImageBuilder fileModes(FileModes modes) {
        this.fileModes = Objects.requireNonNull(modes, "modes");
        return this;
    }

    /**
     * Says whether a layer that an earlier build has put into the same {@link OciLayout#directory}, or has pushed to
     * the same repository ({@link RegistryImage}), is taken as it is when nothing that it is made from has changed: its
     * files are neither read nor written then. Default: true.
     *
     * <p>A file of the context is taken as unchanged when device, inode, size, time of modification and time of change
     * (ctime) are as they were, and it had been at rest when it was read; a saved image when its digests are the same.
     * The blob in the layout has to be the very file that was put there. On file systems without a time of change,
     * every layer is made. What was made is recorded beside the {@linkplain #contentStore content store}, in a folder
     * of this user only; where nothing can be written there, every layer is made.
     *
     * @param reuse false makes every layer anew
     * @return this builder
     */
    public ClusterImageBuilder reuseLayers(boolean reuse) {
        this.reuseLayers = reuse;
        return this;
    }

    /**
     * {@return the image, with all checked that needs no network}
     *
     * @throws IOException if the context cannot be read, or has no build file
     * @throws io.sealos.kubefile.KubefileParseException if the build file has errors; it lists all
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated
     * @throws io.sealos.kubefile.IgnoreSyntaxException if a pattern of the ignore file is malformed
     * @throws BuildRefusedException if the build file needs a container or a base image, if a COPY finds nothing to
     *     copy, if {@code images/skopeo/tar.txt} names what is no archive, or if the images are not those of the
     *     {@link #lock(ImageLock) lock}
     * @throws io.sealos.layout.LayoutException if there are findings that {@link #failOn} names
     * @throws IllegalStateException if there is no context
     * @throws IllegalArgumentException if a compression is chosen for a destination that nothing is copied to
     */
    public ClusterImage build() throws IOException {
        return new Preparation(this).prepare();
    }
}
