package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Platform;
import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.inspect.Wanted;
import io.sealos.oci.internal.inspect.WrongChoiceException;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.RecipeException;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster image that is ready to be built: its build file evaluated, its images found, everything checked that needs
 * no network.
 *
 * <pre>{@code
 * ClusterImage image = ClusterImage.builder()
 *         .context(Path.of("nginx"))
 *         .tag("labring/nginx:v1.23.1")
 *         .build();
 * BuildResult done = image.writeTo(OciLayout.archive(Path.of("nginx.tar")));
 * }</pre>
 *
 * <p>Immutable and thread-safe. It can be written several times; the files of the context are read anew each time.
 */
public final class ClusterImage {
    private final Path context;
    private final IgnoreRules ignoreRules;
    private final List<PlatformEvaluation> evaluations;
    private final ImageInventory inventory;
    private final LayoutReport report;
    private final List<ImageReference> tags;
    private final long createdEpochSecond;
    private final boolean saveImages;
    private final ImageSaving saving;
    private final BuildListener listener;
    private final SortedMap<String, String> annotations;
    private final List<List<PlannedLayer>> plannedLayers;
    private final LayerOptions layers;
    private final FileModes fileModes;
    private final boolean reuseLayers;

    ClusterImage(
            ClusterImageBuilder request,
            Path context,
            IgnoreRules ignoreRules,
            List<PlatformEvaluation> evaluations,
            ImageInventory inventory,
            LayoutReport report)
            throws IOException {
        this.context = context;
        this.ignoreRules = ignoreRules;
        this.evaluations = List.copyOf(evaluations);
        this.inventory = inventory;
        this.report = report;
        this.tags = List.copyOf(request.tags);
        this.createdEpochSecond = CreatedTime.epochSecond(request.created);
        this.saveImages = request.saveImages;
        this.saving = ImageSaving.of(request, context, inventory);
        this.saving.checkLock(platforms());
        this.listener = request.listener;
        this.annotations = Collections.unmodifiableSortedMap(new TreeMap<>(request.annotations));
        this.layers = request.layers;
        this.fileModes = request.fileModes;
        this.reuseLayers = request.reuseLayers;
        this.plannedLayers = CopyCheck.check(this);
    }

    /** {@return a builder, which needs at least a context} */
    public static ClusterImageBuilder builder() {
        return new ClusterImageBuilder();
    }

    /**
     * {@return what is stored there, read back} It is the only image there, for one platform.
     *
     * @param origin a layout or archive, whoever wrote it
     * @throws ImageChoiceException if there are several images, or none
     * @throws IOException if it cannot be read, or is no such layout or archive
     */
    public static InspectedImage inspect(ImageOrigin origin) throws IOException {
        return inspect(origin, ImageChoice.any());
    }

    /**
     * {@return what is stored there, read back} Only documents are compared with their digests: for layers, see
     * {@link OciLayoutVerifier}.
     *
     * @param origin a layout or archive, whoever wrote it
     * @param choice which of its images
     * @throws ImageChoiceException if several images or none are what the choice says; it lists what is there
     * @throws IOException if it cannot be read, or is no such layout or archive
     */
    public static InspectedImage inspect(ImageOrigin origin, ImageChoice choice) throws IOException {
        try {
            return new InspectedImage(read(origin, choice.wanted()));
        } catch (WrongChoiceException e) {
            throw new ImageChoiceException(e);
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("the image was inspected", e);
        }
    }

    private static StoredImage read(ImageOrigin origin, Wanted wanted) throws IOException {
        return origin instanceof OciLayout layout ? layout.read(wanted) : ((DockerArchive) origin).read(wanted);
    }

    /** {@return what would be built, without network and without writing anything} */
    public BuildPlan plan() {
        return new BuildPlan(this);
    }

    /**
     * Saves the images, and writes the image to a target. The target appears under its name only when it is whole; at a
     * registry that means: a tag moves when all that it points to is there.
     *
     * @param target where to
     * @return what was written
     * @throws ImageSaveException if images could not be saved; it lists all of them, and nothing is written
     * @throws ImagePushException if the image could not be pushed; it lists all parts that failed, and no tag points to
     *     what is not there
     * @throws BuildRefusedException if a COPY finds nothing to copy any more
     * @throws IOException if files cannot be read or written
     */
    public BuildResult writeTo(ImageTarget target) throws IOException {
        ImageTarget bound = target.within(saving.target());
        bound.check(evaluations.size());
        List<ImageSaving.Saved> saved = save();
        WrittenImage written = write(bound, saved);
        BuildResult result =
                new BuildResult(written, saved.get(0).images(), report.findings(), saving.lockOf(saved, platforms()));
        listener.onEvent(new BuildEvent.ImageWritten(result.digest()));
        return result;
    }

    private List<ImageSaving.Saved> save() throws IOException {
        return saveImages
                ? saving.save(platforms())
                : Collections.nCopies(evaluations.size(), ImageSaving.Saved.NOTHING);
    }

    private WrittenImage write(ImageTarget target, List<ImageSaving.Saved> saved) throws IOException {
        List<ImageRecipe> recipes = new ArrayList<>();
        for (int i = 0; i < evaluations.size(); i++) {
            recipes.add(recipe(i, saved.get(i).files()));
        }
        List<String> names = tags.stream().map(ImageReference::toString).toList();
        try {
            return target.write(new ImageRequest(recipes, names, layers.withRecords(records())));
        } catch (RecipeException e) {
            throw new BuildRefusedException(e.problems());
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the image was written", e);
        }
    }

    private @Nullable Path records() {
        try {
            return reuseLayers ? saving.store().layerRecords() : null;
        } catch (IOException e) {
            // Where nothing can be recorded, every layer is made; that is no reason to fail.
            return null;
        }
    }

    ImageRecipe recipe(int platform, Collection<? extends VirtualFile> saved) {
        BuildContext files = Recipes.context(context, ignoreRules, saved).withModes(fileModes);
        return Recipes.recipe(evaluations.get(platform), files, createdEpochSecond)
                .withAnnotations(annotations);
    }

    List<ImageReference> tags() {
        return tags;
    }

    List<Platform> platforms() {
        return evaluations.stream().map(PlatformEvaluation::platform).toList();
    }

    Instant created() {
        return Instant.ofEpochSecond(createdEpochSecond);
    }

    SortedMap<String, String> annotations() {
        return annotations;
    }

    List<PlatformPlan> platformPlans() {
        List<PlatformPlan> plans = new ArrayList<>();
        for (int i = 0; i < evaluations.size(); i++) {
            plans.add(new PlatformPlan(evaluations.get(i), plannedLayers.get(i)));
        }
        return List.copyOf(plans);
    }

    /** Each image that will be saved, with the places that ask for it. */
    Map<ImageReference, List<String>> imagesToSave() {
        return saveImages ? saving.askedAt(inventory) : Map.of();
    }

    ImageInventory inventory() {
        return inventory;
    }

    boolean hasImagesToSave() {
        return !saving.isEmpty();
    }

    boolean savesImages() {
        return saveImages;
    }

    LayoutReport report() {
        return report;
    }
}
