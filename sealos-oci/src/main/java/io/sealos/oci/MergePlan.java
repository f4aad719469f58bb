package io.sealos.oci;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.merge.PlatformMerge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan of a merge: the configurations that the merged image will have, and what its images differ in. Immutable and
 * thread-safe.
 *
 * @param configs the configurations, in the order of the platforms
 * @param conflicts the values in which images differ, for each platform: tags, labels, variables, other values of the
 *     configuration, annotations and files, each sorted by name
 * @see ImageMerge#plan()
 * @since 0.1.0
 */
public record MergePlan(Map<Platform, ContainerConfig> configs, List<MergeConflict> conflicts) {
    /**
     * Copies the map and the list.
     *
     * @param configs the configurations, in the order of the platforms
     * @param conflicts the values in which images differ
     */
    public MergePlan {
        configs = Collections.unmodifiableMap(new LinkedHashMap<>(configs));
        conflicts = List.copyOf(conflicts);
    }

    static MergePlan of(List<PlatformMerge> platforms) throws IOException {
        Map<Platform, ContainerConfig> configs = new LinkedHashMap<>();
        List<MergeConflict> conflicts = new ArrayList<>();
        for (PlatformMerge platform : platforms) {
            configs.put(platform.platform(), platform.config());
            conflicts.addAll(platform.conflicts());
        }
        return new MergePlan(configs, conflicts);
    }

    /** {@return the conflicts that have to be decided before the image can be written} */
    public List<MergeConflict> undecided() {
        return conflicts.stream()
                .filter(conflict -> conflict.kind() == MergeConflict.Kind.TAG && !conflict.isDecided())
                .toList();
    }

    /** {@return the platforms and the conflicts, one per line} */
    @Override
    public String toString() {
        String platforms = configs.keySet().stream().map(Platform::toString).collect(Collectors.joining(", "));
        return conflicts.stream()
                .map(conflict -> "\n" + conflict.platform() + " " + conflict)
                .collect(Collectors.joining("", platforms, ""));
    }
}
