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
 * A cluster image as it is stored: what sealos will do with it, and what it has inside. Immutable and thread-safe.
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

    /** {@return the names that stand for it, as they are stored; perhaps none} */
    public List<String> names() {
        return stored.names();
    }

    /** {@return the digest of its manifest; nothing for a docker-archive, which has no manifest} */
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

    /** {@return the platforms of all images that have the same names, this one's included} */
    public List<Platform> platforms() {
        return stored.platforms().stream().map(Platform::parse).toList();
    }

    /**
     * {@return what sealos does with it} An image without such a label is an application; nothing where the label has a
     * word that sealos does not know, which it neither copies nor runs.
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

    /** {@return what sealos runs, and in which environment} */
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
     * {@return whether the layers were read, and the images in them are known} They are not for a
     * {@link RegistryImage}, of which no layer is fetched: then {@link #images()} and {@link #problems()} are empty
     * whatever it has inside.
     */
    public boolean knowsImages() {
        return stored.layersRead();
    }

    /** {@return the images in {@code registry/}, sorted by name; those that no tag names come last} */
    public List<ContainedImage> images() {
        return stored.images();
    }

    /** {@return what does not fit in {@code registry/}, such as a blob that is missing; empty for a sound image} */
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
