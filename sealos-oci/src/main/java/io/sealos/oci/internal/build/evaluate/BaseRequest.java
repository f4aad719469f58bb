package io.sealos.oci.internal.build.evaluate;

import io.sealos.SealosException;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.RefusedStep;
import io.sealos.kubefile.Stage;
import io.sealos.oci.BuildRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request for a base image of a build file.
 *
 * @param name the name in FROM or {@code --from}, with expanded variables
 * @param reference the image to which the name refers
 * @param platform the platform for which the image is needed
 * @param askedAt the place of the instruction, such as {@code Kubefile:1:1}
 */
public record BaseRequest(String name, ImageReference reference, Platform platform, String askedAt) {

    /** {@return the base images that have not been read yet, each once, in the order of the build file} */
    static List<BaseRequest> missing(KubefileEvaluation evaluation, Platform platform) {
        Map<String, BaseRequest> requests = new LinkedHashMap<>();
        List<SealosException.Part> problems = new ArrayList<>();
        for (Stage stage : evaluation.stages()) {
            for (RefusedStep step : refused(stage)) {
                boolean from = step.instruction().equals(stage.from());
                add(step, from ? stage.platform() : platform, requests, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new BuildRefusedException(problems);
        }
        return List.copyOf(requests.values());
    }

    private static List<RefusedStep> refused(Stage stage) {
        return stage.steps().stream()
                .filter(RefusedStep.class::isInstance)
                .map(RefusedStep.class::cast)
                .filter(step -> step.missingImage().isPresent())
                .toList();
    }

    private static void add(
            RefusedStep step,
            Platform platform,
            Map<String, BaseRequest> requests,
            List<SealosException.Part> problems) {
        String name = step.missingImage().orElseThrow();
        try {
            BaseRequest request =
                    new BaseRequest(name, ImageReference.parse(name), platform, Recipes.place(step.instruction()));
            BaseRequest other = requests.putIfAbsent(name, request);
            if (other != null && !other.platform().equals(platform)) {
                problems.add(Recipes.refusal(
                        step.instruction(),
                        "'" + name + "' is used for " + other.platform() + " already, at " + other.askedAt(),
                        "name it with its digest here"));
            }
        } catch (ImageReferenceException e) {
            SealosException.Part part = e.parts().get(0);
            problems.add(Recipes.refusal(step.instruction(), "'" + part.place() + "' " + part.problem(), part.fix()));
        }
    }

    /** {@return the reference with its tag or digest, or with {@code latest} if it has neither} */
    public ImageReference taggedReference() {
        return reference.withDefaultTag();
    }
}
