package io.sealos.oci.internal.build;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.Severity;
import io.sealos.oci.FileModes;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.build.save.SaveOptions;
import io.sealos.oci.internal.layer.LayerOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a builder when its build began. Immutable.
 *
 * @param scanner finds the images
 * @param checks which findings and gaps refuse the build
 */
public record BuildRequest(
        Source source,
        Evaluation evaluation,
        ImageScanner scanner,
        Checks checks,
        SaveOptions saving,
        Output output,
        BuildResources resources) {

    /**
     * The files that are built.
     *
     * @param context the context directory, which may be missing
     * @param kubefilePath the build file that the caller named
     * @param kubefile the build file that the caller made; not together with the path
     */
    public record Source(Optional<Path> context, Optional<Path> kubefilePath, Optional<Kubefile> kubefile) {}

    /**
     * How the build file is evaluated.
     *
     * @param platforms the platforms in the order of the calls, with duplicates
     * @param baseImages where base images are read from, by references with a tag or a digest
     */
    public record Evaluation(
            BuildOptions options, List<Platform> platforms, Map<ImageReference, BaseSource> baseImages) {
        public Evaluation {
            platforms = List.copyOf(platforms);
            baseImages = Map.copyOf(baseImages);
        }
    }

    /**
     * Which results of the checks refuse the build.
     *
     * @param failOn the least severity of findings that fails; empty: none does
     */
    public record Checks(Optional<Severity> failOn, AcceptedGaps acceptedGaps) {}

    /**
     * The image that is made.
     *
     * @param createdEpochSecond the time of the image and of every file in it, in seconds since 1970
     * @param reuseLayers whether the layers of earlier builds may be used
     */
    public record Output(
            List<ImageReference> tags,
            long createdEpochSecond,
            SortedMap<String, String> annotations,
            LayerOptions layers,
            FileModes fileModes,
            boolean reuseLayers) {
        public Output {
            tags = List.copyOf(tags);
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }
    }
}
