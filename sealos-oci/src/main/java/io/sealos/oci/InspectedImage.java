package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ImageLock;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.oci.internal.build.evaluate.StoredConfig;
import io.sealos.oci.internal.inspect.StoredImage;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stored cluster image, with its configuration, the commands that sealos will run, and the container images in it.
 * Immutable and thread-safe.
 *
 * @see ClusterImage#inspect(ImageSource)
 * @since 0.1.0
 */
public final class InspectedImage {
    private final StoredImage stored;
    private final ContainerConfig config;

    InspectedImage(StoredImage stored) {
        this.stored = stored;
        this.config = StoredConfig.read(stored.config());
    }

    /** {@return the names of the image as they are stored; may be empty} */
    public List<String> names() {
        return stored.names();
    }

    /** {@return the digest of the manifest; empty for a docker-archive, which has no manifest} */
    public Optional<Digest> digest() {
        return stored.manifest();
    }

    /** {@return the digest of the configuration, which container engines show as the image id} */
    public Digest id() {
        return stored.id();
    }

    /** {@return the platform of the image} */
    public Platform platform() {
        return Platform.parse(stored.platform());
    }

    /** {@return the platforms of all images with the same names, including this one} */
    public List<Platform> platforms() {
        return stored.platforms().stream().map(Platform::parse).toList();
    }

    /**
     * {@return the type of the image, as sealos determines it} An image without a type label is an application. The
     * result is empty if sealos does not know the value of the label; sealos then neither copies nor runs the image.
     */
    public Optional<ImageType> type() {
        return ImageType.of(labels());
    }

    /** {@return the whole configuration} */
    public ContainerConfig config() {
        return config;
    }

    /** {@return the labels, in the order in which they are stored} */
    public Map<String, String> labels() {
        return config.labels();
    }

    /** {@return the environment variables, in the order in which they are stored} */
    public Map<String, String> env() {
        return config.env();
    }

    /** {@return the shell commands that sealos runs, in this order} */
    public List<String> commands() {
        return runtime().commands();
    }

    /** {@return the commands that sealos runs, and their environment} */
    public SealosRuntime runtime() {
        return SealosRuntime.of(config);
    }

    /** {@return the annotations of the manifest, sorted by name; empty for a docker-archive} */
    public Map<String, String> annotations() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(stored.annotations()));
    }

    /** {@return the creation time as it is stored, such as {@code 1970-01-01T00:00:00Z}; empty if there is none} */
    public Optional<String> created() {
        return Optional.of(stored.config().path("created").asText("")).filter(time -> !time.isEmpty());
    }

    /** {@return the layers, the lowest first} */
    public List<InspectedLayer> layers() {
        return stored.layers();
    }

    /**
     * {@return whether the layers were read, and the images in them are therefore known} The layers of a
     * {@link RegistryImage} are not fetched. If this is false, {@link #images()} and {@link #problems()} are empty.
     */
    public boolean knowsImages() {
        return stored.layersRead();
    }

    /** {@return the images in {@code registry/}, sorted by name; images without a tag come last} */
    public List<ContainedImage> images() {
        return stored.images();
    }

    /**
     * {@return the difference between the images in {@code registry/} and those of a lock for the platform of this
     * image} The names have the host {@code sealos.hub:5000}, under which sealos serves all images. A lock does not
     * list images that {@code registry/} of the context had before the build.
     *
     * @param later the lock, as the later state; {@link ImageDiff#reversed} gives the other direction
     * @throws IllegalStateException if the layers were not read, so the images are not known
     * @throws IOException if an image has a name that no registry serves
     */
    public ImageDiff imageDiff(ImageLock later) throws IOException {
        if (!knowsImages()) {
            throw new IllegalStateException(
                    "the layers of " + names() + " were not read; inspect the image in a layout or an archive");
        }
        return ImageDiff.between(
                SiteImages.withoutPlatforms(SiteImages.of(images())), SiteImages.of(later, platform()));
    }

    /**
     * {@return the sizes of a delta image; empty for a full image, or if the layers were not read} The labels
     * {@code io.sealos.delta.base} and {@code io.sealos.delta.full} contain the digests of its bases and of the full
     * image. The blobs that it leaves out count as present in {@link #images()} and {@link #problems()}.
     *
     * @see ClusterImageBuilder
     */
    public Optional<ImageDelta> delta() {
        return stored.delta().map(ImageDelta::new);
    }

    /**
     * {@return the documents that are attached to the image or to the index that lists it, such as signatures} Those of
     * a {@link RegistryImage} are not fetched, so the list is empty.
     *
     * @see SignatureVerifier
     */
    public List<ImageDocument> documents() {
        return stored.documents().stream().map(ImageDocument::of).toList();
    }

    /** {@return the problems of {@code registry/}, such as a missing blob; empty for a valid image} */
    public List<String> problems() {
        return stored.problems();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InspectedImage that && stored.equals(that.stored);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }

    /** {@return a description of the image in one line} */
    @Override
    public String toString() {
        return String.join(", ", names()) + " " + type().map(ImageType::label).orElse("unknown") + " "
                + stored.platform() + " with "
                + (knowsImages() ? Count.of(images().size(), "image") : "unknown images");
    }
}
