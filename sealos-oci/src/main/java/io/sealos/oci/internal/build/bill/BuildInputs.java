package io.sealos.oci.internal.build.bill;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Platform;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the caller has asked a build for, as the provenance says it.
 *
 * @param buildFiles the digests of the build files by their names
 * @param chartEngine the version of the engine that renders charts; empty if it is not known
 */
public record BuildInputs(
        SortedMap<String, Digest> buildFiles,
        BuildOptions options,
        List<Platform> platforms,
        List<ImageReference> names,
        SortedMap<String, String> annotations,
        boolean savesImages,
        Optional<String> chartEngine) {
    public BuildInputs {
        buildFiles = Collections.unmodifiableSortedMap(new TreeMap<>(buildFiles));
        platforms = List.copyOf(platforms);
        names = List.copyOf(names);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }
}
