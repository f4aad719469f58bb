package io.sealos.oci.internal.build.merge;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.ImageType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The configuration of a merged image. Labels and variables are united, and the last image that has one determines its
 * value. Commands are concatenated. If an image is a rootfs, the result is one. The variable {@code PATH} is left out,
 * which sealos does not pass on either.
 */
final class MergedConfig {
    private static final String PATH = "PATH";
    private static final List<String> TYPE_LABELS = List.of("sealos.io.type", "apps.sealos.io/type");

    /** The configurations in the order of the images. */
    private final List<ContainerConfig> images;
    /** The configurations in the order in which later ones win. */
    private final List<ContainerConfig> ranked;

    /**
     * Creates a merge.
     *
     * @param preferred the positions of the images that win over all others, the strongest last
     */
    MergedConfig(List<ContainerConfig> images, List<Integer> preferred) {
        this.images = List.copyOf(images);
        this.ranked = ranked(images, preferred);
    }

    /** {@return the items in the order in which later ones win} */
    static <T> List<T> ranked(List<T> images, List<Integer> preferred) {
        List<T> ranked = new ArrayList<>(images);
        preferred.forEach(position -> ranked.add(images.get(position)));
        return ranked;
    }

    ContainerConfig merged() {
        ContainerConfig.Builder merged = ContainerConfig.builder()
                .entrypoint(all(ContainerConfig::entrypoint))
                .cmd(all(ContainerConfig::cmd));
        env().forEach(merged::env);
        labels().forEach(merged::label);
        last(ContainerConfig::user).ifPresent(merged::user);
        last(ContainerConfig::workingDir).ifPresent(merged::workingDir);
        last(ContainerConfig::stopSignal).ifPresent(merged::stopSignal);
        last(ContainerConfig::author).ifPresent(merged::author);
        union(ContainerConfig::exposedPorts).forEach(merged::exposedPort);
        union(ContainerConfig::volumes).forEach(merged::volume);
        return merged.build();
    }

    private Map<String, String> env() {
        Map<String, String> env =
                merge(ranked.stream().map(ContainerConfig::env).toList());
        env.remove(PATH);
        return env;
    }

    private Map<String, String> labels() {
        Map<String, String> labels =
                merge(ranked.stream().map(ContainerConfig::labels).toList());
        Optional<ImageType> rootfs = Optional.of(ImageType.ROOTFS);
        if (images.stream().anyMatch(image -> ImageType.of(image.labels()).equals(rootfs))) {
            TYPE_LABELS.forEach(label -> labels.put(label, ImageType.ROOTFS.label()));
        }
        return labels;
    }

    /** {@return all entries, of which later values replace earlier ones in their place} */
    static Map<String, String> merge(List<Map<String, String>> maps) {
        Map<String, String> merged = new LinkedHashMap<>();
        maps.forEach(merged::putAll);
        return merged;
    }

    private List<String> all(Function<ContainerConfig, List<String>> property) {
        return images.stream().flatMap(image -> property.apply(image).stream()).toList();
    }

    private Set<String> union(Function<ContainerConfig, List<String>> property) {
        Set<String> union = new LinkedHashSet<>();
        images.stream().map(property).forEach((Collection<String> values) -> union.addAll(values));
        return union;
    }

    private Optional<String> last(Function<ContainerConfig, Optional<String>> property) {
        return ranked.stream().flatMap(image -> property.apply(image).stream()).reduce((earlier, later) -> later);
    }
}
