package io.sealos.oci;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.Stage;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.ImageConfig;
import io.sealos.oci.internal.recipe.ImagePlatform;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says what a build file comes to in the words of the OCI writer, which knows no Kubefile. */
final class Recipes {
    private static final String BASE_NAME = "org.opencontainers.image.base.name";
    private static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    private Recipes() {}

    static ImageRecipe recipe(PlatformEvaluation evaluated, BuildContext context, long createdEpochSecond) {
        return ImageRecipe.of(
                        platform(evaluated.platform()),
                        context,
                        StageRecipes.of(evaluated),
                        config(evaluated.evaluation().config()))
                .withCreated(createdEpochSecond);
    }

    static BuildContext context(FileSnapshot directory, IgnoreRules rules, Collection<? extends VirtualFile> saved) {
        return BuildContext.of(directory)
                .withIgnoreRules(new IgnoredPaths(rules))
                .withVirtualFiles(saved);
    }

    /** What the OCI image specification has to say where an image comes from. */
    static SortedMap<String, String> annotations(PlatformEvaluation evaluated) {
        SortedMap<String, String> annotations = new TreeMap<>();
        BaseImage base =
                evaluated.bases().get(first(evaluated.evaluation().target()).base());
        if (base != null) {
            annotations.put(BASE_NAME, base.name());
            if (base.manifest() != null) {
                annotations.put(BASE_DIGEST, base.manifest().toString());
            }
        }
        return annotations;
    }

    private static Stage first(Stage stage) {
        return stage.baseStage().map(Recipes::first).orElse(stage);
    }

    /** Where the layers of the target put their files. */
    static List<String> destinations(Stage stage) {
        return copies(stage).stream().map(CopyStep::destination).toList();
    }

    private static List<CopyStep> copies(Stage stage) {
        List<CopyStep> copies = new ArrayList<>();
        stage.baseStage().ifPresent(base -> copies.addAll(copies(base)));
        stage.steps().stream()
                .filter(CopyStep.class::isInstance)
                .map(CopyStep.class::cast)
                .forEach(copies::add);
        return copies;
    }

    static ImagePlatform platform(Platform platform) {
        return new ImagePlatform(
                platform.os(), platform.architecture(), platform.variant().orElse(null));
    }

    static ImageConfig config(ContainerConfig config) {
        return ImageConfig.builder()
                .env(config.env().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList())
                .entrypoint(config.entrypoint().isEmpty() ? null : config.entrypoint())
                .cmd(config.cmd().isEmpty() ? null : config.cmd())
                .labels(config.labels())
                .exposedPorts(config.exposedPorts())
                .volumes(config.volumes())
                .workingDir(config.workingDir().orElse(""))
                .user(config.user().orElse(""))
                .stopSignal(config.stopSignal().orElse(""))
                .author(config.author().orElse(""))
                .build();
    }

    /** The ignore rules of the Kubefile's module, as the writer asks them. */
    private record IgnoredPaths(IgnoreRules rules) implements io.sealos.oci.internal.recipe.IgnoreRules {
        @Override
        public boolean isExcluded(String path) {
            return rules.isExcluded(path);
        }

        @Override
        public boolean mayIncludeBelow(String excludedDirectory) {
            return rules.mayIncludeBelow(excludedDirectory);
        }

        @Override
        public boolean mayIncludeInSource(String excludedDirectory) {
            return rules.mayIncludeInSource(excludedDirectory);
        }
    }
}
