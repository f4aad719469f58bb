package io.sealos.oci.internal.build.save;

import io.sealos.images.ImageDiff;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.layout.Severity;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.Site;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.inspect.DeltaBases;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.registrytree.RegistryTreeWriter;
import io.sealos.oci.internal.save.ImageSaver;
import io.sealos.oci.internal.save.SaveEvents;
import io.sealos.oci.internal.save.SaveSettings;
import io.sealos.oci.internal.save.SavedImages;
import io.sealos.oci.internal.source.OpenSources;
import io.sealos.oci.internal.source.SaveNotice;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Saves the images of an inventory, and those of the archives that images/skopeo/tar.txt lists. Immutable. */
public final class ImageSaving {
    private final SaveOptions options;
    private final List<SaveRequest> requests;
    private final ImageInventory inventory;
    private final LockedRequests locked;
    private final BuildResources resources;

    private ImageSaving(
            SaveOptions options, List<SaveRequest> requests, ImageInventory inventory, BuildResources resources) {
        this.options = options;
        this.requests = List.copyOf(requests);
        this.inventory = inventory;
        this.locked = new LockedRequests(this.requests, options.lockOfSaved());
        this.resources = resources;
    }

    /** {@return the images to save and their sources} Reads the list of archives of the context. */
    public static ImageSaving of(SaveOptions options, Path context, ImageInventory inventory, BuildResources resources)
            throws IOException {
        return new ImageSaving(options, SaveRequests.of(options, context, inventory), inventory, resources);
    }

    /** {@return whether images are saved at all} */
    public boolean isEnabled() {
        return options.saveImages();
    }

    /** {@return whether there is no image to save} */
    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /** {@return whether a lock determines the digest of each image} */
    public boolean isLocked() {
        return options.lockOfSaved().isPresent();
    }

    /** Throws an exception if there is a lock and the images differ from those of the lock. */
    public void checkLock(List<Platform> platforms) {
        locked.check(platforms);
    }

    /** {@return each image that will be saved, with its platforms and its locked digests} */
    public List<ImageDiff.Image> images(List<Platform> platforms) {
        return locked.images(platforms);
    }

    /** {@return each image that will be saved, with every place that requests it} */
    public Map<ImageReference, List<String>> askedAt() {
        return places(requests.stream().filter(it -> !it.isArtifact()).toList());
    }

    /** {@return each artifact that will be saved, with the objects that need it} */
    public Map<ImageReference, List<String>> artifactsAskedAt() {
        return places(requests.stream().filter(SaveRequest::isArtifact).toList());
    }

    private Map<ImageReference, List<String>> places(List<SaveRequest> of) {
        Map<ImageReference, List<String>> places = new LinkedHashMap<>();
        for (SaveRequest request : of) {
            List<String> found = request.isArtifact()
                    ? ImagePlaces.ofArtifact(request.reference(), inventory)
                    : ImagePlaces.all(request.reference(), inventory);
            places.put(request.reference(), found.isEmpty() ? List.of(request.askedAt()) : found);
        }
        return Collections.unmodifiableMap(places);
    }

    /**
     * {@return the saved images of each platform, as files of {@code registry/}}
     *
     * @throws ImageSaveException if images could not be saved; it lists those of all platforms
     */
    public List<Saved> save(List<Platform> platforms) throws IOException {
        return save(platforms, true);
    }

    /**
     * {@return the images of each platform without their layers, so their files cannot be read} Nothing is reported as
     * saved.
     *
     * @throws ImageSaveException if images could not be resolved; it lists those of all platforms
     */
    public List<Saved> resolve(List<Platform> platforms) throws IOException {
        return save(platforms, false);
    }

    private List<Saved> save(List<Platform> platforms, boolean withLayers) throws IOException {
        if (!isEnabled() || isEmpty()) {
            return Collections.nCopies(platforms.size(), Saved.NOTHING);
        }
        ContentStore store = resources.store();
        try (OpenSources sources = new OpenSources(store)) {
            return save(platforms, settings(store, sources), withLayers);
        }
    }

    private List<Saved> save(List<Platform> platforms, SaveSettings settings, boolean withLayers) throws IOException {
        List<Saved> saved = new ArrayList<>();
        Set<ImageSaveException.Failure> failures = new LinkedHashSet<>();
        List<ImageSaver.Outcome> outcomes = fetch(platforms, settings, withLayers);
        for (int i = 0; i < platforms.size(); i++) {
            try {
                Saved images = saved(outcomes.get(i).orThrow(), platforms.get(i));
                saved.add(withLayers ? report(images) : images);
            } catch (ImageSaveException e) {
                failures.addAll(e.failures());
            }
        }
        if (!failures.isEmpty()) {
            throw new ImageSaveException(List.copyOf(failures), requests.size());
        }
        return saved;
    }

    private List<ImageSaver.Outcome> fetch(List<Platform> platforms, SaveSettings settings, boolean withLayers)
            throws InterruptedIOException {
        List<ImageSaver.Job> jobs = platforms.stream()
                .map(platform -> new ImageSaver.Job(Platform.parse(platform.toString()), locked.forPlatform(platform)))
                .toList();
        ImageSaver saver = new ImageSaver(settings);
        try {
            return withLayers ? saver.save(jobs) : saver.resolve(jobs);
        } catch (InterruptedException e) {
            throw Interruptions.during("images were saved", e);
        }
    }

    private Saved saved(SavedImages saved, Platform platform) throws ImageSaveException {
        List<BuildEvent.ImageSaved> all = locked.saved(saved, platform);
        List<BuildEvent.ImageSaved> images = new ArrayList<>();
        List<BuildEvent.ImageSaved> artifacts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            (requests.get(i).isArtifact() ? artifacts : images).add(all.get(i));
        }
        return new Saved(saved.tree().files(), images, artifacts, events(saved.notices()));
    }

    private SaveSettings settings(ContentStore store, OpenSources sources) {
        return new SaveSettings(
                store,
                sources,
                resources.access(),
                resources.offline(),
                options.preferred(),
                options.platforms(),
                options.referrers(),
                resources.signatures(),
                resources.executor(),
                SaveEvents.of(resources.listener(), BuildPhase.FETCH));
    }

    private Saved report(Saved saved) {
        saved.imagesAndArtifacts().forEach(resources.listener()::onEvent);
        saved.notices().forEach(resources.listener()::onEvent);
        return saved;
    }

    /** Writes the images of each platform into a directory of its own. */
    public void writeTrees(Map<Path, Saved> directories) throws IOException {
        List<Long> sizes = directories.values().stream()
                .flatMap(saved -> RegistryTreeWriter.sizes(saved.files()).stream())
                .toList();
        long size = PhaseRun.total(sizes.stream().mapToLong(Long::longValue));
        try (PhaseRun phase = PhaseRun.start(resources.listener(), BuildPhase.WRITE, sizes.size(), size)) {
            for (Map.Entry<Path, Saved> directory : directories.entrySet()) {
                writeTree(directory.getValue(), directory.getKey());
            }
            phase.complete();
        }
    }

    private void writeTree(Saved saved, Path directory) throws IOException {
        try {
            RegistryTreeWriter.write(saved.files(), directory, resources.executor(), resources.listener());
        } catch (InterruptedException e) {
            throw Interruptions.during("images were written", e);
        }
    }

    /**
     * {@return the lock with the images that were saved for each of the platforms}
     *
     * @param context the context directory, whose registry directory the image has as well
     * @throws IOException if that cannot be read
     */
    public ImageLock lockOf(List<Saved> saved, List<Platform> platforms, Path context) throws IOException {
        ImageLock.Builder lock = ImageLock.builder();
        for (int i = 0; i < platforms.size(); i++) {
            for (BuildEvent.ImageSaved image : saved.get(i).imagesAndArtifacts()) {
                lock.add(image.reference(), image.digest(), platforms.get(i), reasons(image.reference()));
            }
            addBlobs(saved.get(i), platforms.get(i), context, lock);
        }
        return lock.build();
    }

    private void addBlobs(Saved saved, Platform platform, Path context, ImageLock.Builder lock) throws IOException {
        if (options.lockBlobs() && isEnabled()) {
            DeltaBases.inventory(context, saved.files(), Site.ofAnyHost().hosts())
                    .repositories()
                    .forEach((repository, blobs) -> lock.addBlobs(platform, repository, blobs));
        }
    }

    private List<String> reasons(ImageReference reference) {
        List<String> places = ImagePlaces.decisive(reference, inventory);
        if (places.isEmpty() && options.artifacts()) {
            places = ImagePlaces.ofArtifact(reference, inventory);
        }
        if (!places.isEmpty()) {
            return places;
        }
        boolean given = options.images().containsKey(reference);
        return List.of(given ? SaveRequests.GIVEN : StandardDirectory.SKOPEO_TAR_LIST);
    }

    /**
     * The images that were saved for one platform.
     *
     * @param files the files of {@code registry/}
     */
    public record Saved(
            List<VirtualFile> files,
            List<BuildEvent.ImageSaved> images,
            List<BuildEvent.ImageSaved> artifacts,
            List<BuildEvent.SavingNoted> notices) {
        static final Saved NOTHING = new Saved(List.of(), List.of(), List.of(), List.of());

        List<BuildEvent.ImageSaved> imagesAndArtifacts() {
            return Stream.concat(images.stream(), artifacts.stream()).toList();
        }
    }

    private static List<BuildEvent.SavingNoted> events(List<SaveNotice> notices) {
        return notices.stream().map(ImageSaving::event).toList();
    }

    private static BuildEvent.SavingNoted event(SaveNotice notice) {
        return new BuildEvent.SavingNoted(
                notice.reference(),
                notice.askedAt(),
                notice.isWarning() ? Severity.WARNING : Severity.INFO,
                notice.message(),
                notice.fix());
    }
}
