package io.sealos.oci.internal.tree;

import io.sealos.SealosException;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.DirectoryRecipe;
import io.sealos.oci.internal.recipe.ExcludedPaths;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.RefusedRecipe;
import io.sealos.oci.internal.recipe.StageRecipe;
import io.sealos.oci.internal.recipe.StepRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Executes a recipe without writing files, to determine the files of each step and their attributes. Only archives that
 * ADD unpacks are read. Compressed archives are decompressed into the scratch directory.
 */
public final class TreePlanner {
    private final ImageRecipe recipe;
    private final Archives archives;
    private final Scratch scratch;
    private final TreeNode context;
    private final SortedMap<Integer, Stage> stages = new TreeMap<>();
    private final List<SealosException.Part> problems = new ArrayList<>();
    /** The stages with a step that needs a container. After it, only what does not depend on files is checked. */
    private final Set<Integer> unknown = new HashSet<>();

    /** The stages that lack files, because a step has failed. What is copied from them is not checked. */
    private final Set<Integer> incomplete = new HashSet<>();

    private final TreeEdit.Budget budget = new TreeEdit.Budget();
    /** The number of entries that were added to each stage. */
    private final Map<Integer, Long> made = new HashMap<>();

    private TreePlanner(ImageRecipe recipe, Archives archives, Scratch scratch) throws IOException {
        this.recipe = recipe;
        this.archives = archives;
        this.scratch = scratch;
        this.context = ContextDirectory.of(recipe.context());
    }

    /**
     * {@return the plan of an image}
     *
     * @throws BuildRefusedException if steps cannot be executed; it lists all of them
     */
    public static PlannedImage plan(ImageRecipe recipe, Scratch scratch) throws IOException {
        return planAll(List.of(recipe), scratch).get(0);
    }

    /** {@return the plans of several images, for which each archive is decompressed only once} */
    public static List<PlannedImage> planAll(List<ImageRecipe> recipes, Scratch scratch) throws IOException {
        Archives archives = new Archives(scratch);
        List<PlannedImage> plans = new ArrayList<>();
        for (ImageRecipe recipe : recipes) {
            plans.add(new TreePlanner(recipe, archives, scratch).plan());
        }
        return plans;
    }

    private PlannedImage plan() throws IOException {
        try {
            Stage last = stage(recipe.stages().size() - 1);
            if (problems.isEmpty()) {
                return new PlannedImage(last.base(), withLayer(last.base(), last.steps()));
            }
        } catch (StepException e) {
            problems.add(new SealosException.Part("", e.problem(), e.fix()));
        }
        throw new BuildRefusedException(problems);
    }

    /**
     * Adds an empty layer to an image that would have none. Like in buildah, the last step gets the layer. The image
     * specification requires a layer, and some readers fail without one.
     */
    private static List<PlannedStep> withLayer(@Nullable ScannedBase base, List<PlannedStep> steps) {
        boolean has =
                (base != null && !base.layers().isEmpty()) || steps.stream().anyMatch(step -> step.layer() != null);
        if (has) {
            return steps;
        }
        List<PlannedStep> all = new ArrayList<>(steps);
        PlannedStep last = all.isEmpty() ? new PlannedStep("FROM scratch", null, null) : all.remove(all.size() - 1);
        all.add(new PlannedStep(last.description(), last.destination(), TreeNode.impliedDirectory()));
        return all;
    }

    private record Stage(
            TreeNode root,
            List<PlannedStep> steps,
            @Nullable ScannedBase base) {}

    private Stage stage(int index) throws IOException {
        Stage known = stages.get(index);
        if (known == null) {
            known = follow(index);
            stages.put(index, known);
        }
        return known;
    }

    private Stage follow(int index) throws IOException {
        StageRecipe stageRecipe = recipe.stages().get(index);
        Stage stage = start(stageRecipe, index);
        long before = budget.entries();
        for (StepRecipe step : stageRecipe.steps()) {
            TreeEdit edit = new TreeEdit(stage.root(), budget);
            try {
                follow(step, index, edit);
            } catch (StepException e) {
                problems.add(new SealosException.Part(step.description(), e.problem(), e.fix()));
                incomplete.add(index);
            }
            TreeNode layer = edit.changed() ? edit.layer() : null;
            stage.steps().add(new PlannedStep(step.description(), destination(step), layer));
        }
        made.put(index, budget.entries() - before + made.getOrDefault(stageRecipe.base(), 0L));
        return stage;
    }

    private Stage start(StageRecipe stageRecipe, int index) throws IOException {
        if (stageRecipe.image() != null) {
            ScannedBase read = ScannedBase.read(stageRecipe.image(), scratch);
            return new Stage(read.root(), new ArrayList<>(), read);
        }
        if (stageRecipe.base() == StageRecipe.SCRATCH) {
            return new Stage(TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT), new ArrayList<>(), null);
        }
        Stage base = stage(earlier(stageRecipe.base(), index));
        if (unknown.contains(stageRecipe.base())) {
            unknown.add(index);
        }
        if (incomplete.contains(stageRecipe.base())) {
            incomplete.add(index);
        }
        budget.add(made.getOrDefault(stageRecipe.base(), 0L));
        return new Stage(base.root().copyOfDirectories(), new ArrayList<>(base.steps()), base.base());
    }

    private void follow(StepRecipe step, int stage, TreeEdit edit) throws IOException {
        if (step instanceof RefusedRecipe refused) {
            problems.add(refused.reason());
            unknown.add(stage);
        } else if (step instanceof CopyRecipe copy) {
            copy(copy, stage, edit);
        } else if (step instanceof DirectoryRecipe directory && !unknown.contains(stage)) {
            makeDirectory(directory, edit);
        }
    }

    private void copy(CopyRecipe copy, int stage, TreeEdit edit) throws IOException {
        FileCopy.SourceTree source = source(copy, stage);
        if (unknown.contains(copy.fromStage())) {
            unknown.add(stage);
        } else if (incomplete.contains(copy.fromStage())) {
            incomplete.add(stage);
        } else if (unknown.contains(stage)) {
            FileCopy.checkSources(copy, source);
        } else {
            new FileCopy(copy, source, edit, archives).run();
        }
    }

    private static @Nullable String destination(StepRecipe step) {
        return step instanceof CopyRecipe copy ? TreePath.absolute(copy.destination()) : null;
    }

    private FileCopy.SourceTree source(CopyRecipe copy, int stage) throws IOException {
        if (copy.fromContext()) {
            return new FileCopy.SourceTree(
                    context, recipe.context().ignoreRules(), contextName(), "add it there, or correct the path");
        }
        TreeNode root = stage(earlier(copy.fromStage(), stage)).root();
        BaseImage image = recipe.stages().get(copy.fromStage()).image();
        String name = image == null ? "stage " + copy.fromStage() : "the image " + image.name();
        return new FileCopy.SourceTree(root, ExcludedPaths.NONE, name, "correct the path");
    }

    private String contextName() {
        Path directory = recipe.context().seen().path();
        return OverlayFileSystem.directoryBelow(directory).isPresent() ? "the context " + directory : "the given files";
    }

    private static int earlier(int wanted, int stage) {
        if (wanted < 0 || wanted >= stage) {
            throw new IllegalArgumentException("stage " + stage + " uses stage " + wanted + ", which is not before it");
        }
        return wanted;
    }

    private static void makeDirectory(DirectoryRecipe directory, TreeEdit edit) throws IOException {
        String named = directory.owner();
        @Nullable Owner owner = named == null || named.isEmpty() ? null : new OwnerNames(edit.stage()).find(named);
        List<String> path = TreePath.follow(edit.stage(), TreePath.clean(directory.path()));
        edit.directories(path, TreeNode.DIRECTORY_MODE, owner == null ? TreeNode.ROOT : owner);
    }
}
