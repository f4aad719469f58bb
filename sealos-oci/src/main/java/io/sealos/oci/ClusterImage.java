package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.kubefile.Platform;
import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.inspect.WrongChoiceException;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.RecipeException;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.store.StoreLease;
import io.sealos.oci.internal.work.Interruptions;
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
import java.util.Optional;
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
 * <p>Immutable and thread-safe. It can be written several times; the files of the context are looked at anew each time.
 */
public final class ClusterImage {
    private final LayoutCheck layout;
    private final PlatformEvaluator evaluator;
    private final BaseImages bases;
    private final CleanRecord cleanRecord;
    private final CheckedBuild checked;
    private final List<ScanProblem> gaps;
    private final List<ImageReference> tags;
    private final long createdEpochSecond;
    private final boolean saveImages;
    private final ImageSaving saving;
    private final BuildListener listener;
    private final SortedMap<String, String> annotations;
    private final CopyCheck copies;
    private final LayerOptions layers;
    private final FileModes fileModes;
    private final boolean reuseLayers;

    ClusterImage(
            ClusterImageRequest request,
            LayoutCheck layout,
            PlatformEvaluator evaluator,
            BaseImages bases,
            List<PlatformEvaluation> evaluations,
            CleanRecord cleanRecord)
            throws IOException {
        this.layout = layout;
        this.evaluator = evaluator;
        this.bases = bases;
        this.cleanRecord = cleanRecord;
        this.tags = List.copyOf(request.tags);
        this.createdEpochSecond = CreatedTime.epochSecond(request.created);
        this.saveImages = request.saveImages;
        this.saving = ImageSaving.of(request, layout.directory(), layout.images());
        this.listener = request.listener;
        this.annotations = Collections.unmodifiableSortedMap(new TreeMap<>(request.annotations));
        this.layers = request.layers;
        this.fileModes = request.fileModes;
        this.reuseLayers = request.reuseLayers;
        FileChecks checks = FileChecks.run(
                () -> layout.check(evaluations),
                () -> CopyCheck.run(this, evaluations),
                Optional.ofNullable(layers.executor()));
        this.checked = new CheckedBuild(evaluations, checks.layout().orThrow());
        this.saving.checkLock(platforms());
        this.copies = checks.copies().orThrow();
        this.gaps = request.acceptedGaps.open(checked.report().gaps());
    }

    /** {@return a builder, which needs at least a context} */
    public static ClusterImageBuilder builder() {
        return new ClusterImageBuilder();
    }

    /**
     * {@return what is stored there, read back} It is the only image there, for one platform.
     *
     * @param origin a layout or archive, whoever wrote it, or an image at a registry
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
     * @param origin a layout or archive, whoever wrote it, or an image at a registry
     * @param choice which of its images
     * @throws ImageChoiceException if several images or none are what the choice says; it lists what is there
     * @throws IOException if it cannot be read, or is no such layout or archive
     */
    public static InspectedImage inspect(ImageOrigin origin, ImageChoice choice) throws IOException {
        try {
            return new InspectedImage(Origins.read(origin, choice.wanted()));
        } catch (WrongChoiceException e) {
            throw new ImageChoiceException(e);
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("the image was inspected", e);
        }
    }

    /** {@return what would be built, without network and without writing anything} */
    public BuildPlan plan() {
        return new BuildPlan(this);
    }

    /**
     * Fetches base images, saves the images, and writes the image to a target. The target appears under its name only
     * when it is whole; at a registry that means: a tag moves when all that it points to is there.
     *
     * @param target where to
     * @return what was written
     * @throws ImageGapsException if images may be missing that the application runs, and the caller has not accepted
     *     that; it lists all gaps, and no network is used
     * @throws ImageSaveException if images could not be saved, or base images fetched; it lists all of them, and
     *     nothing is written
     * @throws ImagePushException if the image could not be pushed; it lists all parts that failed, and no tag points to
     *     what is not there
     * @throws BuildRefusedException if a COPY finds nothing to copy any more, or if what
     *     {@link ClusterImageBuilder#build} refuses has turned up with a base image that was fetched only now
     * @throws io.sealos.kubefile.KubefileEvaluationException if the build file cannot be evaluated with such a base
     *     image
     * @throws io.sealos.layout.LayoutException if with such a base image there are findings that fail the build
     * @throws IOException if files cannot be read or written
     */
    public BuildResult writeTo(ImageTarget target) throws IOException {
        ImageTarget bound = target.within(saving.target());
        bound.check(platforms().size());
        refuseGaps();
        if ((!saveImages || saving.isEmpty()) && checked.isComplete()) {
            return write(bound, checked, noneSaved());
        }
        try (StoreLease lease = saving.lease()) {
            BuildResult result = write(bound, withBases(), save());
            lease.check();
            return result;
        }
    }

    private void refuseGaps() {
        if (saveImages && !gaps.isEmpty()) {
            throw new ImageGapsException(gaps);
        }
    }

    private BuildResult write(ImageTarget target, CheckedBuild whole, List<ImageSaving.Saved> saved)
            throws IOException {
        WrittenImage written = writeImage(target, whole, saved);
        cleanRecord.keep(whole.report());
        BuildResult result = new BuildResult(written, whole, saved, saving.lockOf(saved, platforms()));
        listener.onEvent(new BuildEvent.ImageWritten(result.digest()));
        return result;
    }

    /**
     * Saves the images into a directory in the <a
     * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">storage layout of the
     * distribution registry</a>, as {@code registry/} of a context has them. Where several platforms are built, each
     * has a directory of its own in it, such as {@code linux-arm64}.
     *
     * <p>A tag points to the manifest for the platform; the index that the registry has under it is there by its
     * digest. What is asked for by its digest alone has a tag of its own, {@code by-digest-sha256-} and the hex digits,
     * because sealos copies by tags.
     *
     * <p>A directory that is there keeps what it has: of its files only those are taken away that an earlier call has
     * written, that this one does not need, and that no other image there links to. Each file appears when it is whole,
     * a tag after what it stands for, so that the directory may be served meanwhile; only one call may write to it at a
     * time.
     *
     * @param directory the directory that is served, or copied as {@code registry}; it is made where it is missing
     * @return the digests of what was saved, for all platforms
     * @throws ImageGapsException if images may be missing that the application runs, and the caller has not accepted
     *     that; it lists all gaps, and no network is used
     * @throws ImageSaveException if images could not be saved; it lists all of them, and nothing is written
     * @throws IOException if files cannot be read or written
     * @throws IllegalStateException if the image was built with {@code saveImages(false)}
     */
    public ImageLock saveRegistry(Path directory) throws IOException {
        if (!saveImages) {
            throw new IllegalStateException("this image saves no images; build it without saveImages(false)");
        }
        refuseGaps();
        try (StoreLease lease = saving.lease()) {
            List<ImageSaving.Saved> saved = saving.save(platforms());
            for (int i = 0; i < saved.size(); i++) {
                saving.writeTree(saved.get(i), registryDirectory(directory, i));
            }
            lease.check();
            return saving.lockOf(saved, platforms());
        }
    }

    private Path registryDirectory(Path directory, int platform) {
        String name = platforms().get(platform).toString().replace('/', '-');
        return platforms().size() == 1 ? directory : directory.resolve(name);
    }

    /** What could not be known before base images were fetched. */
    private CheckedBuild withBases() throws IOException {
        if (checked.isComplete()) {
            return checked;
        }
        List<PlatformEvaluation> evaluations = evaluator.evaluate(bases.all(saving));
        return new CheckedBuild(evaluations, layout.refreshed().check(evaluations));
    }

    private List<ImageSaving.Saved> save() throws IOException {
        return saveImages ? saving.save(platforms()) : noneSaved();
    }

    private List<ImageSaving.Saved> noneSaved() {
        return Collections.nCopies(platforms().size(), ImageSaving.Saved.NOTHING);
    }

    private WrittenImage writeImage(ImageTarget target, CheckedBuild whole, List<ImageSaving.Saved> saved)
            throws IOException {
        FileSnapshot context = layout.context().refreshed();
        List<ImageRecipe> recipes = new ArrayList<>();
        for (int i = 0; i < saved.size(); i++) {
            recipes.add(recipe(context, whole.evaluations().get(i), saved.get(i).files()));
        }
        List<String> names = tags.stream().map(ImageReference::toString).toList();
        try {
            boolean planned = context == layout.context() && checked.isComplete() && nothingIn(saved);
            return target.write(new ImageRequest(recipes, names, layers.withRecords(records()))
                    .withPlans(planned ? copies.lastingPlans() : List.of()));
        } catch (RecipeException e) {
            throw new BuildRefusedException(e.problems());
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the image was written", e);
        }
    }

    private static boolean nothingIn(List<ImageSaving.Saved> saved) {
        return saved.stream().allMatch(platform -> platform.files().isEmpty());
    }

    private @Nullable Path records() {
        try {
            return reuseLayers ? saving.store().layerRecords() : null;
        } catch (IOException e) {
            // Where nothing can be recorded, every layer is made; that is no reason to fail.
            return null;
        }
    }

    /** With the context as it was when this image was made. */
    ImageRecipe recipe(PlatformEvaluation evaluated, Collection<? extends VirtualFile> saved) {
        return recipe(layout.context(), evaluated, saved);
    }

    private ImageRecipe recipe(
            FileSnapshot context, PlatformEvaluation evaluated, Collection<? extends VirtualFile> saved) {
        BuildContext files =
                Recipes.context(context, layout.ignoreRules(), saved).withModes(fileModes);
        SortedMap<String, String> all = Recipes.annotations(evaluated);
        all.putAll(annotations);
        return Recipes.recipe(evaluated, files, createdEpochSecond).withAnnotations(all);
    }

    List<ImageReference> tags() {
        return tags;
    }

    List<Platform> platforms() {
        return evaluator.platforms();
    }

    List<PlatformEvaluation> evaluations() {
        return checked.evaluations();
    }

    Instant created() {
        return Instant.ofEpochSecond(createdEpochSecond);
    }

    SortedMap<String, String> annotations() {
        return annotations;
    }

    List<PlatformPlan> platformPlans() {
        List<PlatformPlan> plans = new ArrayList<>();
        for (int i = 0; i < evaluations().size(); i++) {
            plans.add(new PlatformPlan(evaluations().get(i), copies.layers(i)));
        }
        return List.copyOf(plans);
    }

    /** Each image that will be saved, with the places that ask for it. */
    Map<ImageReference, List<String>> imagesToSave() {
        return saveImages ? saving.askedAt(inventory()) : Map.of();
    }

    ImageInventory inventory() {
        return layout.images();
    }

    boolean hasImagesToSave() {
        return !saving.isEmpty();
    }

    boolean savesImages() {
        return saveImages;
    }

    List<ScanProblem> gaps() {
        return gaps;
    }

    LayoutReport report() {
        return checked.report();
    }
}
