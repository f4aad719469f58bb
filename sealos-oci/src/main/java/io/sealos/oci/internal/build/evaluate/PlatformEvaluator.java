package io.sealos.oci.internal.build.evaluate;

import io.sealos.SealosException;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.CopyInstruction;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.RefusedStep;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.recipe.BaseImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Evaluates the build file for each platform, with as many base images as a reader provides. Immutable. */
public final class PlatformEvaluator {
    private final Kubefile kubefile;
    private final BuildOptions options;
    private final List<Platform> platforms;
    private final LayerOptions layers;

    /** Creates an evaluator. Without platforms, linux/amd64 is used. */
    public PlatformEvaluator(Kubefile kubefile, BuildOptions options, List<Platform> platforms, LayerOptions layers) {
        this.kubefile = kubefile;
        this.options = options;
        this.platforms = platforms.isEmpty()
                ? List.of(Platform.linuxAmd64())
                : platforms.stream().distinct().toList();
        this.layers = layers;
    }

    /** Reads base images. */
    @FunctionalInterface
    public interface BaseReader {
        /** {@return the requested images that are available, by the name of the request} */
        Map<String, BaseImage> read(List<BaseRequest> requests) throws IOException;
    }

    public List<Platform> platforms() {
        return platforms;
    }

    /** {@return the evaluation of each platform, which may have refused steps} */
    public List<PlatformEvaluation> evaluate(BaseReader reader) throws IOException {
        List<PlatformEvaluation> evaluations = new ArrayList<>();
        for (Platform platform : platforms) {
            evaluations.add(evaluate(platform, reader));
        }
        checkDestinations(evaluations);
        return List.copyOf(evaluations);
    }

    /** {@return whether an instruction of the target needs a container, a network or another engine} */
    public static boolean needContainer(List<PlatformEvaluation> evaluations) {
        return refused(evaluations).anyMatch(PlatformEvaluator::needsContainer);
    }

    /** {@return whether the step is valid for an engine with containers, unlike a COPY from a missing stage} */
    private static boolean needsContainer(RefusedStep step) {
        boolean copy = step.instruction() instanceof CopyInstruction;
        return !copy || !step.instruction().heredocs().isEmpty();
    }

    /** {@return the refusals of all instructions that cannot be executed} */
    public static List<SealosException.Part> refusals(List<PlatformEvaluation> evaluations) {
        return refused(evaluations).map(Recipes::refusal).distinct().toList();
    }

    /**
     * Refuses instructions that cannot be executed.
     *
     * @throws BuildRefusedException if there are such instructions; it lists all of them
     */
    public static void refuseSteps(List<PlatformEvaluation> evaluations) {
        List<SealosException.Part> refusals = refusals(evaluations);
        if (!refusals.isEmpty()) {
            throw new BuildRefusedException(refusals);
        }
    }

    private static Stream<RefusedStep> refused(List<PlatformEvaluation> evaluations) {
        return evaluations.stream()
                .flatMap(platform -> platform.evaluation().refusals().stream())
                .filter(step -> step.missingImage().isEmpty());
    }

    /** Evaluates the file again after each round, because a base image may determine which others are needed. */
    private PlatformEvaluation evaluate(Platform platform, BaseReader reader) throws IOException {
        SortedMap<String, BaseImage> bases = new TreeMap<>();
        while (true) {
            KubefileEvaluation evaluation = kubefile.evaluate(options(platform, bases));
            List<BaseRequest> missing = BaseRequest.missing(evaluation, platform);
            Map<String, BaseImage> found = missing.isEmpty() ? Map.of() : reader.read(missing);
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
