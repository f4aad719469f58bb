package io.sealos.oci.internal.build;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import io.sealos.oci.FileModes;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.build.bill.DocumentOptions;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.build.save.SaveOptions;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.trust.SigningKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a builder at the beginning of a build. Immutable.
 *
 * @param scanner finds the images
 * @param checks the findings and gaps for which the build is refused
 * @param deltaBases the bases of a delta image; empty for a full image
 * @param documents the documents about the image
 */
public record BuildRequest(
        Source source,
        Evaluation evaluation,
        ImageScanner scanner,
        Checks checks,
        SaveOptions saving,
        Output output,
        BuildResources resources,
        List<SiteBlobs> deltaBases,
        DocumentOptions documents) {
    public BuildRequest {
        deltaBases = List.copyOf(deltaBases);
    }

    /**
     * The files to build from.
     *
     * @param context the context directory; empty if the caller has not set it
     * @param kubefilePath the path of the build file, if the caller has set one
     * @param kubefile the build file, if the caller has created one; never together with the path
     */
    public record Source(Optional<Path> context, Optional<Path> kubefilePath, Optional<Kubefile> kubefile) {}

    /**
     * The settings for the evaluation of the build file.
     *
     * @param platforms the platforms in the order of the calls, with duplicates
     * @param baseImages the sources of base images, by references with a tag or a digest
     */
    public record Evaluation(
            BuildOptions options, List<Platform> platforms, Map<ImageReference, BaseSource> baseImages) {
        public Evaluation {
            platforms = List.copyOf(platforms);
            baseImages = Map.copyOf(baseImages);
        }
    }

    /**
     * The results of checks for which the build is refused.
     *
     * @param validator the rules, with their severities and the baseline
     * @param failOn the lowest severity of findings that causes a failure; empty for none
     */
    public record Checks(LayoutValidator validator, Optional<Severity> failOn, AcceptedGaps acceptedGaps) {}

    /**
     * The settings of the image.
     *
     * @param createdEpochSecond the time of the image and of every file in it, in seconds since 1970
     * @param reuseLayers whether the layers of earlier builds may be used
     * @param signingKeys the keys that sign the image
     * @param deltaFiles the files of the bases of a delta image, which it must not replace
     */
    public record Output(
            List<ImageReference> tags,
            long createdEpochSecond,
            SortedMap<String, String> annotations,
            LayerOptions layers,
            FileModes fileModes,
            boolean reuseLayers,
            List<SigningKey> signingKeys,
            List<Path> deltaFiles) {
        public Output {
            tags = List.copyOf(tags);
            signingKeys = List.copyOf(signingKeys);
            deltaFiles = List.copyOf(deltaFiles);
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }
    }
}
