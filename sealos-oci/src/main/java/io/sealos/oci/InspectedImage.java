package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.oci.internal.build.evaluate.StoredConfig;
import io.sealos.oci.internal.inspect.StoredImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stored cluster image: its configuration, how sealos will run it, and the images inside. Immutable and thread-safe.
 *
 * @see ClusterImage#inspect(ImageOrigin)
 */
public final class InspectedImage {
    private final StoredImage stored;
    private final ContainerConfig config;

    InspectedImage(StoredImage stored) {
        this.stored = stored;
        this.config = StoredConfig.read(stored.config());
    }

    /** {@return its names as they are stored; empty if it has none} */
    public List<String> names() {
        return stored.names();
    }

    /** {@return the digest of its manifest; empty for a docker-archive, which has no manifest} */
    public Optional<Digest> digest() {
        return stored.manifest();
    }

    /** {@return the digest of its configuration, which engines show as the image's id} */
    public Digest id() {
        return stored.id();
    }

    /** {@return its platform} */
    public Platform platform() {
        return Platform.parse(stored.platform());
    }

    /** {@return the platforms of all images with the same names, including this one} */
    public List<Platform> platforms() {
        return stored.platforms().stream().map(Platform::parse).toList();
    }

    /**
     * {@return its type for sealos} An image without the label is an application; empty if sealos does not know the
     * value of the label, and neither copies nor runs the image.
     */
    public Optional<ImageType> type() {
        return ImageType.of(labels());
    }

    /** {@return the whole configuration} */
    public ContainerConfig config() {
        return config;
    }

    /** {@return the labels, in their stored order} */
    public Map<String, String> labels() {
        return config.labels();
    }

    /** {@return the environment, in its stored order} */
    public Map<String, String> env() {
        return config.env();
    }

    /** {@return the shell commands that sealos runs, in their order} */
    public List<String> commands() {
        return runtime().commands();
    }

    /** {@return the commands that sealos runs, and their environment} */
    public SealosRuntime runtime() {
        return SealosRuntime.of(config);
    }

    /** {@return the annotations of the manifest, sorted; none for a docker-archive} */
    public Map<String, String> annotations() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(stored.annotations()));
    }

    /** {@return the time that the image carries, as it is stored, such as {@code 1970-01-01T00:00:00Z}} */
    public Optional<String> created() {
        return Optional.of(stored.config().path("created").asText("")).filter(time -> !time.isEmpty());
    }

    /** {@return the layers, the lowest first} */
    public List<InspectedLayer> layers() {
        return stored.layers();
    }

    /**
     * {@return whether the layers were read, so that the images in them are known} They are not for a
     * {@link RegistryImage}, of which no layer is fetched: then {@link #images()} and {@link #problems()} are empty.
     */
    public boolean knowsImages() {
        return stored.layersRead();
    }

    /** {@return the images in {@code registry/}, sorted by name; those that no tag names come last} */
    public List<ContainedImage> images() {
        return stored.images();
    }

    /** {@return the problems of {@code registry/}, such as a missing blob; empty for a valid image} */
    public List<String> problems() {
        return stored.problems();
    }

    /** {@return the image in one line} */
    @Override
    public String toString() {
        return String.join(", ", names()) + " " + type().map(ImageType::label).orElse("unknown") + " "
                + stored.platform() + " with " + (knowsImages() ? images().size() : "unknown") + " images";
    }
}
