package io.sealos.oci.internal.build.evaluate;

import io.sealos.kubefile.BuildStep;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.RefusedStep;
import io.sealos.kubefile.Stage;
import io.sealos.kubefile.WorkdirStep;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.DirectoryRecipe;
import io.sealos.oci.internal.recipe.RefusedRecipe;
import io.sealos.oci.internal.recipe.RemarkRecipe;
import io.sealos.oci.internal.recipe.StageRecipe;
import io.sealos.oci.internal.recipe.StepRecipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Translates the stages of one platform into recipes: first each base image as a stage, then the stages that are built.
 */
final class StageRecipes {
    private final List<String> images;
    private final List<Stage> stages;
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final Set<Integer> unread = new HashSet<>();

    private StageRecipes(PlatformEvaluation evaluated) {
        this.images = List.copyOf(evaluated.bases().keySet());
        this.stages = evaluated.evaluation().stages();
        for (Stage stage : stages) {
            positions.put(stage.index(), images.size() + positions.size());
            if (isUnread(stage)) {
                unread.add(stage.index());
            }
        }
    }

    static List<StageRecipe> of(PlatformEvaluation evaluated) {
        StageRecipes recipes = new StageRecipes(evaluated);
        List<StageRecipe> all = new ArrayList<>();
        evaluated.bases().values().forEach(image -> all.add(StageRecipe.image(image)));
        recipes.stages.forEach(stage -> all.add(recipes.stage(stage)));
        return all;
    }

    private StageRecipe stage(Stage stage) {
        return StageRecipe.on(
                base(stage),
                stage.steps().stream().map(step -> step(step, stage)).toList());
    }

    private int base(Stage stage) {
        return stage.baseStage()
                .map(earlier -> position(earlier.index()))
                .orElseGet(() -> images.contains(stage.base()) ? images.indexOf(stage.base()) : StageRecipe.SCRATCH);
    }

    /** Returns the position among the stages that are built. The evaluation counts all stages of the file. */
    private int position(int stageIndex) {
        Integer position = positions.get(stageIndex);
        if (position == null) {
            throw new IllegalStateException("stage " + stageIndex + " is used, but not among those that are built");
        }
        return position;
    }

    private StepRecipe step(BuildStep step, Stage stage) {
        String description = Recipes.description(step.instruction());
        if (step instanceof CopyStep copy && isKnown(copy)) {
            return copy(copy, ownersAreKnown(copy, stage), description);
        }
        if (step instanceof WorkdirStep workdir) {
            String owner = workdir.user().isEmpty() ? null : workdir.user();
            return new DirectoryRecipe(workdir.directory(), owner, description);
        }
        if (step instanceof RefusedStep refused && refused.missingImage().isEmpty()) {
            return new RefusedRecipe(description, Recipes.refusal(refused));
        }
        return new RemarkRecipe(description);
    }

    /** Returns whether the source stage of a copy is known. It is not if its base image has not been read yet. */
    private boolean isKnown(CopyStep copy) {
        return copy.fromStage().isEmpty() || !unread.contains(copy.fromStage().getAsInt());
    }

    private boolean ownersAreKnown(CopyStep copy, Stage stage) {
        return !unread.contains(stage.index()) || copy.chown().orElse("").matches("[0-9:]*");
    }

    /** Returns whether the base image of a stage, or of a stage below it, has not been read yet. */
    private boolean isUnread(Stage stage) {
        return stage.baseStage().map(base -> unread.contains(base.index())).orElse(false)
                || stage.steps().stream()
                        .anyMatch(step -> step instanceof RefusedStep refused
                                && refused.missingImage().isPresent());
    }

    private CopyRecipe copy(CopyStep copy, boolean withOwner, String description) {
        return new CopyRecipe(
                copy.isAdd(),
                copy.sources(),
                copy.destination(),
                source(copy),
                withOwner ? copy.chown().orElse(null) : null,
                copy.chmod().orElse(null),
                description);
    }

    private int source(CopyStep copy) {
        if (copy.fromStage().isPresent()) {
            return position(copy.fromStage().getAsInt());
        }
        return copy.from().map(images::indexOf).orElse(CopyRecipe.CONTEXT);
    }
}
