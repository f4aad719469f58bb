package io.sealos.oci;

import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.recipe.BaseImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates the build file for each platform, with as many base images as a source has. */
final class PlatformEvaluator {
    private final Kubefile kubefile;
    private final BuildOptions options;
    private final List<Platform> platforms;
    private final LayerOptions layers;

    PlatformEvaluator(Kubefile kubefile, ClusterImageRequest request) {
        this.kubefile = kubefile;
        this.options = request.options;
        this.platforms = request.platforms.isEmpty()
                ? List.of(Platform.linuxAmd64())
                : request.platforms.stream().distinct().toList();
        this.layers = request.layers;
    }

    List<Platform> platforms() {
        return platforms;
    }

    List<PlatformEvaluation> evaluate(BaseSource source) throws IOException {
        List<PlatformEvaluation> evaluations = new ArrayList<>();
        for (Platform platform : platforms) {
            evaluations.add(evaluate(platform, source));
        }
        Refusals.check(evaluations);
        checkDestinations(evaluations);
        return List.copyOf(evaluations);
    }

    /** What one base image says may decide which others are needed. */
    private PlatformEvaluation evaluate(Platform platform, BaseSource source) throws IOException {
        SortedMap<String, BaseImage> bases = new TreeMap<>();
        while (true) {
            KubefileEvaluation evaluation = kubefile.evaluate(options(platform, bases));
            List<BaseRequest> missing = BaseRequest.missing(evaluation, platform);
            Map<String, BaseImage> found = missing.isEmpty() ? Map.of() : source.read(missing);
            if (found.isEmpty()) {
                return new PlatformEvaluation(platform, evaluation, bases, missing);
            }
            bases.putAll(found);
        }
    }

    private BuildOptions options(Platform platform, SortedMap<String, BaseImage> bases) {
        BuildOptions.Builder all = options.toBuilder().platform(platform);
        bases.forEach((name, image) -> all.baseConfig(name, StoredConfig.read(image.config())));
        return all.build();
    }

    private void checkDestinations(List<PlatformEvaluation> evaluations) {
        layers.check(evaluations.stream()
                .flatMap(platform -> Recipes.destinations(platform.evaluation().target()).stream())
                .toList());
    }
}
