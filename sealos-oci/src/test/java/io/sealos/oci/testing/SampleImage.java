package io.sealos.oci.testing;

import io.sealos.kubefile.Platform;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The form of an image that {@link InProcessRegistry#putImage(String, SampleImage)} creates: its platforms, layers and
 * labels. The name and the form determine all bytes. Immutable and thread-safe.
 *
 * <pre>{@code
 * registry.putImage("registry.example/shop:1.0", SampleImage.of("linux/amd64").withLayers(5, 10_000_000));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class SampleImage {
    private final List<Platform> platforms;
    private final int layers;
    private final long bytes;
    private final Map<String, String> labels;

    private SampleImage(List<Platform> platforms, int layers, long bytes, Map<String, String> labels) {
        this.platforms = platforms;
        this.layers = layers;
        this.bytes = bytes;
        this.labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /**
     * {@return the form of an image without labels, with one layer of about 10 KB, which contains a text file}
     *
     * @param platforms the platforms, such as {@code linux/arm64/v8}; by default {@code linux/amd64}. One platform
     *     results in a manifest, several result in an index
     * @throws IllegalArgumentException if a platform is not valid
     */
    public static SampleImage of(String... platforms) {
        List<Platform> wanted =
                Stream.of(platforms).map(Platform::parse).distinct().toList();
        return new SampleImage(wanted.isEmpty() ? List.of(Platform.parse("linux/amd64")) : wanted, 0, 0, Map.of());
    }

    /**
     * {@return this form with other layers, each of which contains a file of random bytes, that differ for each layer,
     * platform and name} The bytes are generated for each response, and are not kept in memory. The layers are gzip
     * streams without compression, so they are slightly larger than their files.
     *
     * @param count the number of layers of each platform, 1 or more
     * @param bytes the size of the file in each layer, in bytes, 0 or more
     * @throws IllegalArgumentException if there is no layer, or the size is less than 0
     */
    public SampleImage withLayers(int count, long bytes) {
        if (count < 1) {
            throw new IllegalArgumentException("an image has at least 1 layer, not " + count);
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("the file of a layer cannot have " + bytes + " bytes");
        }
        return new SampleImage(platforms, count, bytes, labels);
    }

    /**
     * {@return this form with a label in the configuration}
     *
     * @param name the name, such as {@code org.opencontainers.image.version}
     * @param value the value, which replaces an earlier one
     */
    public SampleImage withLabel(String name, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new SampleImage(platforms, layers, bytes, all);
    }

    List<Platform> platforms() {
        return platforms;
    }

    /** Returns the number of generated layers; 0 for the layer with a text file. */
    int layers() {
        return layers;
    }

    long bytes() {
        return bytes;
    }

    /** Returns the labels, sorted by name. */
    Map<String, String> labels() {
        return labels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampleImage that
                && platforms.equals(that.platforms)
                && layers == that.layers
                && bytes == that.bytes
                && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(platforms, layers, bytes, labels);
    }

    /** {@return the platforms, layers and labels} */
    @Override
    public String toString() {
        String content = layers == 0 ? "one small layer" : layers + " layers of " + bytes + " bytes";
        return platforms + ", " + content + (labels.isEmpty() ? "" : ", " + labels);
    }
}
