package io.sealos.oci.internal.build;

import io.sealos.images.ImageDiff;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.RenderedTemplate;
import io.sealos.images.ScanProblem;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.FileModes;
import io.sealos.oci.ImageGapsException;
import io.sealos.oci.internal.build.base.BaseImages;
import io.sealos.oci.internal.build.bill.ImageDescription;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluator;
import io.sealos.oci.internal.build.evaluate.Recipes;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.build.save.ImageSaving;
import io.sealos.oci.internal.delta.DeltaSizes;
import io.sealos.oci.internal.delta.PlannedDelta;
import io.sealos.oci.internal.inspect.DeltaBases;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.layout.ImageDescriber;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.progress.CallRun;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.registrytree.RegistryTreeWriter;
import io.sealos.oci.internal.tree.LayerOrder;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.sign.ImageSigner;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A build after all steps that need no network, with methods for the remaining steps. Immutable and thread-safe. The
 * remaining steps may be executed several times, and read the files of the context again each time.
 */
public record PreparedBuild(
        BuildRequest request,
        BuildInput input,
        PlatformEvaluator evaluator,
        BaseImages bases,
        RuleCheck rules,
        CleanRecord cleanRecord,
        ImageSaving saving,
        Recipes recipes,
        CheckedBuild checked,
        CopyCheck copies) {

    /** {@return a build after all checks that need no network} Nothing is written to the context directory. */
    public static PreparedBuild prepare(BuildRequest request) throws IOException {
        BuildListener listener = request.resources().listener();
        try (CallRun call = CallRun.start(listener, CallRun.BUILD);
                PhaseRun phase = PhaseRun.start(listener, BuildPhase.SCAN)) {
            PreparedBuild build = check(request);
            phase.complete();
            return call.complete(build);
        }
    }

    /** {@return the rules about what the settings of the build determine} */
    private static List<String> needless(BuildRequest request, ImageSaving saving) {
        List<String> needless = new ArrayList<>();
        if (saving.isLocked()) {
            needless.add(RuleCheck.UNVERSIONED);
        }
        if (request.output().fileModes() == FileModes.NORMALIZED) {
            needless.add(RuleCheck.MODES);
        }
        return needless;
    }

    private static PreparedBuild check(BuildRequest request) throws IOException {
        BuildInput input = BuildInput.read(request.source());
        BaseImages bases = new BaseImages(request.evaluation().baseImages(), request.resources());
        PlatformEvaluator evaluator = evaluator(input, request);
        List<PlatformEvaluation> evaluations = evaluator.evaluate(bases::atHand);
        ImageInventory images =
                request.scanner().scan(input.directory(), evaluations.get(0).evaluation());
        ImageSaving saving = ImageSaving.of(request.saving(), input.directory(), images, request.resources());
        CleanRecord record = CleanRecord.of(request, input.directory());
        RuleCheck rules = new RuleCheck(input, images, record.file(), request.checks(), needless(request, saving));
        Recipes recipes = recipes(input, request.output());
        BuildChecks checks = BuildChecks.run(
                () -> rules.check(evaluations),
                () -> CopyCheck.run(recipes, input.snapshot(), evaluations, saving.isEnabled()),
                request.resources().executor());
        CheckedBuild checked = new CheckedBuild(evaluations, checks.rules().orThrow());
        DeltaBuild.check(request.deltaBases(), evaluations);
        saving.checkLock(evaluator.platforms());
        CopyCheck copies = checks.copies().orThrow();
        return new PreparedBuild(request, input, evaluator, bases, rules, record, saving, recipes, checked, copies)
                .withFoundImages();
    }

    /**
     * {@return this build, checked without saved images if none was found} If there are gaps that were not accepted,
     * these are the problem, because the images may be found without them.
     */
    private PreparedBuild withFoundImages() throws IOException {
        if (!saving.isEnabled() || !saving.isEmpty() || !gaps().isEmpty()) {
            return this;
        }
        CopyCheck check = copies.withoutImages(recipes, input.snapshot(), checked.evaluations(), images().gaps());
        return new PreparedBuild(request, input, evaluator, bases, rules, cleanRecord, saving, recipes, checked, check);
    }

    private static PlatformEvaluator evaluator(BuildInput input, BuildRequest request) {
        BuildRequest.Evaluation wanted = request.evaluation();
        return new PlatformEvaluator(
                input.kubefile(),
                wanted.options(),
                wanted.platforms(),
                request.output().layers());
    }

    private static Recipes recipes(BuildInput input, BuildRequest.Output output) {
        return new Recipes(input.ignoreRules(), output.fileModes(), output.createdEpochSecond(), output.annotations());
    }

    /** {@return the platforms, in the order of the calls} */
    public List<Platform> platforms() {
        return evaluator.platforms();
    }

    /** {@return the images that were found} */
    public ImageInventory images() {
        return rules.images();
    }

    /** {@return each image that will be saved, with the places that request it} */
    public Map<ImageReference, List<String>> imagesToSave() {
        return saving.askedAt();
    }

    /** {@return each artifact that will be saved, with the objects that need it} */
    public Map<ImageReference, List<String>> artifactsToSave() {
        return saving.artifactsAskedAt();
    }

    /** {@return the images that will be saved, to be compared with those of another build} */
    public List<ImageDiff.Image> comparableImages() {
        return saving.images(platforms());
    }

    /** {@return the gaps that were not accepted} */
    public List<ScanProblem> gaps() {
        return request.checks().acceptedGaps().open(checked.report().gaps());
    }

    /**
     * {@return the plan of each platform, with its layers in their order; one file stands for all saved images}
     *
     * @throws BuildRefusedException if instructions cannot be executed
     */
    public List<PlannedImage> plans() throws IOException {
        refuseSteps();
        return LayerOrder.arrange(copies.plans(), request.output().layers().registry());
    }

    /** {@return the path of the file that represents all images that will be saved in the plans} */
    public String savedImagesPath() {
        return CopyCheck.SAVED_IMAGES;
    }

    /** {@return the resources of the build} */
    public BuildResources resources() {
        return request.resources();
    }

    /** {@return the templates, rendered with the environment of the image for the first platform and with overrides} */
    public List<RenderedTemplate> preview(Map<String, String> overrides) throws IOException {
        ContainerConfig config = checked.evaluations().get(0).evaluation().config();
        SealosRuntime runtime = SealosRuntime.of(config).withEnvironment(overrides);
        return request.scanner().renderTemplates(input.directory(), runtime.environment());
    }

    /** Throws an exception if instructions cannot be executed, which only a build of the image does. */
    public void refuseSteps() {
        copies.refuse();
    }

    /** Throws an exception if the build saves images and there are gaps that were not accepted. */
    public void refuseGaps() {
        List<ScanProblem> open = gaps();
        if (saving.isEnabled() && !open.isEmpty()) {
            throw new ImageGapsException(open);
        }
    }

    /**
     * Throws an exception if the next build would copy an output, because it is in the context directory.
     *
     * @param output the file or directory that is written
     */
    public void refuseOutput(List<Path> output) throws IOException {
        OutputPlace.refuseBases(output, request.output().deltaFiles());
        OutputPlace.refuse(
                output,
                input.directory(),
                checked.evaluations().stream()
                        .map(it -> rules.layout(it.evaluation()))
                        .toList());
    }

    /** {@return a lease of the content store, which is empty if the build does not use the store} */
    public BuildLease lease() throws IOException {
        boolean unused = saving.isEmpty() && checked.isComplete();
        return unused ? BuildLease.NONE : leaseOfStore();
    }

    private BuildLease leaseOfStore() throws IOException {
        try {
            return new BuildLease(Optional.of(resources().store().lease()));
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("the content store was opened", e);
        }
    }

    /** Fetches the base images that were not available locally, and evaluates and checks what depends on them. */
    public CheckedBuild fetchBaseImages() throws IOException {
        if (checked.isComplete()) {
            return checked;
        }
        List<PlatformEvaluation> evaluations = evaluator.evaluate(bases.fetching());
        PlatformEvaluator.refuseSteps(evaluations);
        DeltaBuild.check(request.deltaBases(), evaluations);
        return new CheckedBuild(evaluations, rules.refreshed().check(evaluations));
    }

    /** Saves the images, and returns them for each platform. */
    public List<ImageSaving.Saved> saveImages() throws IOException {
        return saving.save(platforms());
    }

    /**
     * {@return the lock of the images, whose layers are not fetched}
     *
     * @throws io.sealos.oci.ImageGapsException if there are gaps that were not accepted
     */
    public ImageLock resolve() throws IOException {
        try (CallRun call = CallRun.start(resources().listener(), "resolve images")) {
            refuseGaps();
            return call.complete(resolveImages());
        }
    }

    private ImageLock resolveImages() throws IOException {
        try (BuildLease lease = saving.isEmpty() ? BuildLease.NONE : leaseOfStore()) {
            ImageLock lock = lockOf(saving.resolve(platforms()));
            lease.check();
            return lock;
        }
    }

    /** {@return the image for a target to write, with the current files of the context directory} */
    public ImageRequest imageRequest(CheckedBuild build, List<ImageSaving.Saved> saved, ImageDescription description)
            throws IOException {
        FileSnapshot context = input.snapshot().refreshed();
        List<ImageRecipe> all = new ArrayList<>();
        for (int i = 0; i < saved.size(); i++) {
            all.add(recipes.recipe(
                    build.evaluations().get(i), context, saved.get(i).files()));
        }
        boolean planned = context == input.snapshot()
                && checked.isComplete()
                && saved.stream().allMatch(platform -> platform.files().isEmpty());
        LayerOptions layers = request.output().layers().withRecords(layerRecords());
        List<String> names =
                request.output().tags().stream().map(ImageReference::toString).toList();
        ImageRequest image = new ImageRequest(all, names, layers)
                .withPlans(planned ? copies.lastingPlans() : List.of())
                .withListener(resources().listener())
                .withDescriber(description.isEmpty() ? ImageDescriber.NONE : description)
                .withDocuments((written, tags) -> documents(written, tags, description));
        return isDelta() ? image.withDelta(deltaBases()) : image;
    }

    /** {@return whether the image is signed, for which a target needs a place} */
    public boolean hasDocuments() {
        return !request.output().signingKeys().isEmpty();
    }

    private List<Artifact> documents(WrittenImage image, List<String> tags, ImageDescription description) {
        List<Artifact> documents = new ArrayList<>(
                description.documents(image.subjects().get(0), request.output().signingKeys()));
        documents.addAll(new ImageSigner(request.output().signingKeys()).sign(image.subjects(), tags));
        return documents;
    }

    /** {@return a writer of the documents about the image, which have what was saved} */
    public ImageDescription description(CheckedBuild build, List<ImageSaving.Saved> saved) throws IOException {
        return BuildDescription.of(this, build, saved);
    }

    /** {@return whether the image is a delta of others} */
    public boolean isDelta() {
        return !request.deltaBases().isEmpty();
    }

    /** {@return the notice that the delta image will spare nothing, if this is certain} */
    public Optional<String> deltaNotice() {
        boolean hasRegistry = Files.isDirectory(input.directory().resolve("registry/docker/registry/v2"));
        return DeltaBuild.notice(request.deltaBases(), imagesToSave().keySet(), hasRegistry);
    }

    private DeltaBases deltaBases() {
        return DeltaBuild.bases(request.deltaBases(), platforms());
    }

    /** {@return the sizes of the delta image for the first platform, without fetching layers} */
    public DeltaSizes planDelta() throws IOException {
        try (CallRun call = CallRun.start(resources().listener(), "plan delta");
                BuildLease lease = saving.isEmpty() ? BuildLease.NONE : leaseOfStore()) {
            refuseGaps();
            List<List<VirtualFile>> files = saving.resolve(platforms()).stream()
                    .map(ImageSaving.Saved::files)
                    .toList();
            List<PlannedDelta> deltas = deltaBases().plan(input.directory(), files);
            lease.check();
            return call.complete(deltas.get(0).sizes());
        }
    }

    private @Nullable Path layerRecords() {
        try {
            return request.output().reuseLayers() ? resources().store().layerRecords() : null;
        } catch (IOException e) {
            // Without records, every layer is created, which is no reason to fail.
            return null;
        }
    }

    /** Records the files in which the layout rules found nothing, for the next build. */
    public void recordCleanFiles(CheckedBuild build) {
        cleanRecord.keep(build.report());
    }

    /** {@return the lock of the images that were saved} */
    public ImageLock lockOf(List<ImageSaving.Saved> saved) throws IOException {
        return saving.lockOf(saved, platforms(), input.directory());
    }

    /**
     * Saves the images into a directory. If there are several platforms, each has a subdirectory, such as
     * {@code linux-arm64}.
     *
     * @throws IllegalStateException if images are not saved
     */
    public ImageLock saveRegistry(Path directory) throws IOException {
        if (!saving.isEnabled()) {
            throw new IllegalStateException("this image saves no images; build it with its images (saveImages)");
        }
        try (CallRun call = CallRun.start(resources().listener(), "save registry " + directory)) {
            for (int i = 0; i < platforms().size(); i++) {
                RegistryTreeWriter.check(registryDirectory(directory, i));
            }
            refuseGaps();
            return call.complete(save(directory));
        }
    }

    private ImageLock save(Path directory) throws IOException {
        try (BuildLease lease = leaseOfStore()) {
            List<ImageSaving.Saved> saved = saveImages();
            Map<Path, ImageSaving.Saved> directories = new LinkedHashMap<>();
            for (int i = 0; i < saved.size(); i++) {
                directories.put(registryDirectory(directory, i), saved.get(i));
            }
            saving.writeTrees(directories);
            lease.check();
            return lockOf(saved);
        }
    }

    private Path registryDirectory(Path directory, int platform) {
        String name = platforms().get(platform).toString().replace('/', '-');
        return platforms().size() == 1 ? directory : directory.resolve(name);
    }
}
