package io.sealos.oci;

import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.Stage;
import io.sealos.kubefile.WorkdirStep;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.DirectoryRecipe;
import io.sealos.oci.internal.recipe.ImageConfig;
import io.sealos.oci.internal.recipe.ImagePlatform;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.RemarkRecipe;
import io.sealos.oci.internal.recipe.StageRecipe;
import io.sealos.oci.internal.recipe.StepRecipe;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a build file comes to in the words of the OCI writer, which knows no Kubefile. */
final class Recipes {
    private Recipes() {}

    static ImageRecipe recipe(PlatformEvaluation evaluated, BuildContext context, long createdEpochSecond) {
        List<Stage> stages = evaluated.evaluation().stages();
        return ImageRecipe.of(
                        platform(evaluated.platform()),
                        context,
                        stages.stream().map(stage -> stage(stage, stages)).toList(),
                        config(evaluated.evaluation().config()))
                .withCreated(createdEpochSecond);
    }

    static BuildContext context(Path directory, IgnoreRules rules, Collection<? extends VirtualFile> saved) {
        return BuildContext.of(directory)
                .withIgnoreRules(new IgnoredPaths(rules))
                .withVirtualFiles(saved);
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

    private static StageRecipe stage(Stage stage, List<Stage> stages) {
        int base = stage.baseStage()
                .map(earlier -> position(earlier.index(), stages))
                .orElse(StageRecipe.SCRATCH);
        return new StageRecipe(
                base, stage.steps().stream().map(step -> step(step, stages)).toList());
    }

    /** The evaluation numbers the stages of the file; the writer those that are built. */
    private static int position(int stageIndex, List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).index() == stageIndex) {
                return i;
            }
        }
        throw new IllegalStateException("stage " + stageIndex + " is used, but not among those that are built");
    }

    private static StepRecipe step(BuildStep step, List<Stage> stages) {
        if (step instanceof CopyStep copy) {
            return copy(copy, stages);
        }
        if (step instanceof WorkdirStep workdir) {
            return new DirectoryRecipe(workdir.directory(), ownerOf(workdir), description(step.instruction()));
        }
        return new RemarkRecipe(description(step.instruction()));
    }

    private static @Nullable String ownerOf(WorkdirStep workdir) {
        return workdir.user().isEmpty() ? null : workdir.user();
    }

    private static CopyRecipe copy(CopyStep copy, List<Stage> stages) {
        return new CopyRecipe(
                copy.add(),
                copy.sources(),
                copy.destination(),
                copy.fromStage().isPresent() ? position(copy.fromStage().getAsInt(), stages) : CopyRecipe.CONTEXT,
                copy.chown().orElse(null),
                copy.chmod().orElse(null),
                description(copy.instruction()));
    }

    /** Place and text of the instruction, on one line, without the folder: it goes into the history of the image. */
    private static String description(Instruction instruction) {
        List<String> words = new ArrayList<>();
        words.add(instruction.keyword());
        instruction.flags().forEach(flag -> words.add(flag.toString()));
        instruction.arguments().forEach(argument -> words.add(argument.text()));
        SourceRange range = instruction.range();
        return fileName(range) + ":" + range.start().line() + ": " + String.join(" ", words);
    }

    private static String fileName(SourceRange range) {
        String source = range.sourceName().orElse("Kubefile");
        return source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
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
    }
}
