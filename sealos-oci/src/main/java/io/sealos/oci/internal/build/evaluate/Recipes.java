package io.sealos.oci.internal.build.evaluate;

import io.sealos.SealosException;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.RefusedStep;
import io.sealos.kubefile.Stage;
import io.sealos.oci.FileModes;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.ExcludedPaths;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Translates an evaluated build file into a recipe for the OCI writer, which does not depend on Kubefiles. Immutable.
 *
 * @param ignoreRules the rules of the ignore file
 * @param modes the modes that context files get
 * @param createdEpochSecond the time of the image and of every file in it, in seconds since 1970
 * @param annotations the annotations that the caller chose
 */
public record Recipes(
        IgnoreRules ignoreRules, FileModes modes, long createdEpochSecond, SortedMap<String, String> annotations) {
    private static final String BASE_NAME = "org.opencontainers.image.base.name";
    private static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    /**
     * {@return the recipe of one platform}
     *
     * @param context the files of the context directory
     * @param saved the files of the saved images, which are laid over the context
     */
    public ImageRecipe recipe(
            PlatformEvaluation evaluated, FileSnapshot context, Collection<? extends VirtualFile> saved) {
        BuildContext files = BuildContext.of(context)
                .withIgnoreRules(new IgnoredPaths(ignoreRules))
                .withVirtualFiles(saved)
                .withModes(modes);
        SortedMap<String, String> all = baseAnnotations(evaluated);
        all.putAll(annotations);
        return ImageRecipe.of(
                        evaluated.platform(),
                        files,
                        StageRecipes.of(evaluated),
                        evaluated.evaluation().config())
                .withCreated(createdEpochSecond)
                .withAnnotations(all);
    }

    /** {@return the annotations by which the OCI image specification names the base image} */
    private static SortedMap<String, String> baseAnnotations(PlatformEvaluation evaluated) {
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

    /** {@return the destinations of all copies of the stage} */
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

    /**
     * {@return the place and text of the instruction in one line, such as {@code Kubefile:3: COPY a b}} The place has
     * no directory, because the line becomes part of the history of the image.
     */
    static String description(Instruction instruction) {
        String file = file(instruction);
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        return name + ":" + instruction.range().start().line() + ": " + text(instruction);
    }

    private static String text(Instruction instruction) {
        List<String> words = new ArrayList<>();
        words.add(instruction.keyword());
        instruction.flags().forEach(flag -> words.add(flag.toString()));
        instruction.arguments().forEach(argument -> words.add(argument.text()));
        return String.join(" ", words);
    }

    private static String file(Instruction instruction) {
        return instruction.range().sourceName().orElse("Kubefile");
    }

    /** {@return a problem of a step, whose place is its description, with the place of its instruction} */
    public static SealosException.Part inFile(SealosException.Part part, PlatformEvaluation evaluated) {
        return evaluated.evaluation().stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .map(BuildStep::instruction)
                .filter(instruction -> description(instruction).equals(part.place()))
                .findFirst()
                .map(it -> new SealosException.Part(place(it), text(it) + ": " + part.problem(), part.fix()))
                .orElse(part);
    }

    /** {@return the file, line and column of the instruction, such as {@code Kubefile:3:1}} */
    static String place(Instruction instruction) {
        return file(instruction) + ":" + instruction.range().start();
    }

    /** {@return the refusal of a step} */
    static SealosException.Part refusal(RefusedStep step) {
        return refusal(step.instruction(), step.reason(), step.problem().part().fix());
    }

    /** {@return the refusal of an instruction; the problem begins with its keyword} */
    static SealosException.Part refusal(Instruction instruction, String problem, String fix) {
        String keyword = instruction.keyword();
        String named = problem.startsWith(keyword + " ") ? problem : keyword + ": " + problem;
        return new SealosException.Part(place(instruction), named, fix);
    }

    /** Adapts the ignore rules of the context to the interface of the writer. */
    private record IgnoredPaths(IgnoreRules rules) implements ExcludedPaths {
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
