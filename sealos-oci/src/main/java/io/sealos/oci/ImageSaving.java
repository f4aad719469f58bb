package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageStorage;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.push.KnownRepositories;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.RecipeException;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.registrytree.RegistryTreeWriter;
import io.sealos.oci.internal.save.ImageSaver;
import io.sealos.oci.internal.save.PlatformChoice;
import io.sealos.oci.internal.save.SaveSettings;
import io.sealos.oci.internal.save.SavedImages;
import io.sealos.oci.internal.source.OpenSources;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.source.StorageSource;
import io.sealos.oci.internal.source.TarList;
import io.sealos.oci.internal.source.UnsavedImagesException;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.StoreLease;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Saves the images of an inventory, and those of the archives that images/skopeo/tar.txt lists. */
final class ImageSaving {
    private static final String GIVEN = "image(...) of the builder";

    private final List<SaveRequest> requests;
    private final RegistryAccess access;
    private final boolean offline;
    private final Optional<Executor> executor;
    private final Optional<Path> storeDirectory;
    private final Optional<Path> context;
    private final BuildListener listener;
    private final ImageInventory inventory;
    private final LockedRequests locked;
    private final Set<ImageReference> given;
    private final Set<ImageReference> preferred;
    private final PlatformChoice platforms;
    private final boolean referrers;

    private ImageSaving(ClusterImageRequest build, ImageInventory inventory, List<SaveRequest> requests) {
        this.requests = List.copyOf(requests);
        this.access = build.registryAccess;
        this.offline = build.offline;
        this.executor = Optional.ofNullable(build.layers.executor());
        this.storeDirectory = Optional.ofNullable(build.contentStore);
        this.context = Optional.ofNullable(build.context);
        this.listener = build.listener;
        this.inventory = inventory;
        this.given = Set.copyOf(build.images.keySet());
        this.preferred = Set.copyOf(build.preferred);
        this.platforms = new PlatformChoice(build.allPlatforms, true, build.wholeImages, build.singleImages);
        this.referrers = build.referrers;
        this.locked = new LockedRequests(this.requests, build.saveImages ? build.lock : null);
    }

    static ImageSaving of(ClusterImageRequest build, Path context, ImageInventory inventory) throws IOException {
        return new ImageSaving(build, inventory, build.saveImages ? requests(build, context, inventory) : List.of());
    }

    /** What the caller gives, what lies in archives, and what is left to ask registries for; an earlier one counts. */
    private static List<SaveRequest> requests(ClusterImageRequest build, Path context, ImageInventory inventory)
            throws IOException {
        List<SaveRequest> requests = new ArrayList<>();
        build.images.forEach((reference, origin) ->
                requests.add(SaveRequest.of(reference, Origins.local(origin), given(reference, inventory))));
        archived(context).stream()
                .flatMap(request -> asAsked(request, inventory))
                .filter(request -> !build.images.containsKey(request.reference().withDefaultTag()))
                .forEach(requests::add);
        Set<ImageReference> atHand = requests.stream()
                .map(request -> request.reference().withDefaultTag())
                .collect(Collectors.toSet());
        inventory.references().stream()
                .filter(reference -> !atHand.contains(reference.withDefaultTag()))
                .map(reference -> fromStorage(reference, inventory)
                        .orElseGet(() -> SaveRequest.of(reference, askedAt(reference, inventory))))
                .forEach(requests::add);
        return requests;
    }

    /** An image that a list takes from a storage of this machine, where one of its programs is there. */
    private static Optional<SaveRequest> fromStorage(ImageReference reference, ImageInventory inventory) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return inventory.occurrences(reference).stream()
                .filter(it -> it.ignoredBy().isEmpty())
                .map(ImageOccurrence::storage)
                .filter(storage -> storage != ImageStorage.REGISTRY)
                .findFirst()
                .flatMap(storage -> storage.program(path)
                        .map(program -> new StorageSource(
                                storage, program, reference.withDefaultTag().familiarString())))
                .map(origin -> SaveRequest.of(reference, origin, askedAt(reference, inventory)));
    }

    /** An archive under the names by which the application asks for what it stands for. */
    private static Stream<SaveRequest> asAsked(SaveRequest archive, ImageInventory inventory) {
        List<SaveRequest> asked = inventory.references().stream()
                .filter(archive::answers)
                .map(archive::named)
                .toList();
        return asked.isEmpty() ? Stream.of(archive) : asked.stream();
    }

    /** An image that nothing asks for was given for a reason that only the caller knows. */
    private static String given(ImageReference reference, ImageInventory inventory) {
        String place = askedAt(reference, inventory);
        return place.isEmpty() ? GIVEN : place;
    }

    private static List<SaveRequest> archived(Path context) throws IOException {
        try {
            return TarList.read(context);
        } catch (RecipeException e) {
            throw new BuildRefusedException(e.problems());
        }
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /** {@return for each platform its images, as files below registry/} */
    List<Saved> save(List<Platform> wanted) throws IOException {
        ContentStore store = store();
        try (OpenSources origins = new OpenSources(store)) {
            return save(wanted, settings(store, origins, access, platforms, referrers));
        }
    }

    private List<Saved> save(List<Platform> platforms, SaveSettings settings) throws IOException {
        List<Saved> saved = new ArrayList<>();
        Set<UnsavedImagesException.Failure> failures = new LinkedHashSet<>();
        for (Platform platform : platforms) {
            try {
                saved.add(save(platform, settings));
            } catch (UnsavedImagesException e) {
                failures.addAll(e.failures());
            }
        }
        if (!failures.isEmpty()) {
            throw new ImageSaveException(new UnsavedImagesException(List.copyOf(failures), requests.size()));
        }
        return saved;
    }

    private Saved save(Platform platform, SaveSettings settings) throws IOException {
        try {
            SavedImages saved = new ImageSaver(platform, settings).save(locked.forPlatform(platform));
            return report(
                    new Saved(saved.tree().files(), locked.saved(saved, platform), SavingEvents.of(saved.notices())));
        } catch (InterruptedException e) {
            throw Interruptions.during("images were saved", e);
        }
    }

    /** Writes what was saved for one platform into a directory. */
    void writeTree(Saved saved, Path directory) throws IOException {
        try {
            RegistryTreeWriter.write(saved.files(), directory, executor);
        } catch (InterruptedException e) {
            throw Interruptions.during("images were written", e);
        }
    }

    /** Fetches an image to build from, not to put it into registry/. */
    SavedImages.Image fetch(SaveRequest image, Platform platform) throws IOException {
        return fetch(image, platform, access);
    }

    /** The same, in the way that was given to the image at a registry. */
    SavedImages.Image fetch(SaveRequest image, Platform platform, RegistryImage remote) throws IOException {
        return fetch(image, platform, remote.accessOr(access));
    }

    private SavedImages.Image fetch(SaveRequest image, Platform platform, RegistryAccess way) throws IOException {
        ContentStore store = store();
        try (OpenSources origins = new OpenSources(store)) {
            SaveSettings settings = settings(store, origins, way, PlatformChoice.ONE, false);
            return new ImageSaver(platform, settings)
                    .save(List.of(image))
                    .images()
                    .get(0);
        } catch (InterruptedException e) {
            throw Interruptions.during("a base image was fetched", e);
        }
    }

    /** A push to the same registry can take the layers from where they are. */
    void rememberPlace(BaseImage base, ImageReference reference) throws IOException {
        String host = access.settings().host(reference.registry());
        KnownRepositories known = new KnownRepositories(store(), host);
        base.layers().forEach(layer -> known.remember(layer.digest(), reference.repository()));
    }

    private SaveSettings settings(
            ContentStore store, OpenSources origins, RegistryAccess way, PlatformChoice choice, boolean withReferrers) {
        return new SaveSettings(
                store,
                origins,
                way.settings(),
                offline,
                preferred,
                choice,
                withReferrers,
                executor,
                new SavingEvents(listener));
    }

    /** To be held as long as what was saved is needed. */
    StoreLease lease() throws IOException {
        return store().lease();
    }

    ContentStore store() throws IOException {
        return target().store();
    }

    /** The same way, threads, store and listener, for what is done with the finished image. */
    TargetSettings target() {
        return new TargetSettings(access, offline, executor, storeDirectory, context, listener);
    }

    private Saved report(Saved saved) {
        saved.images().forEach(listener::onEvent);
        saved.notices().forEach(listener::onEvent);
        return saved;
    }

    /** Refuses images that are not those of the lock, where there is one. */
    void checkLock(List<Platform> platforms) {
        locked.check(platforms);
    }

    /** The lock of what was saved for each of the platforms. */
    ImageLock lockOf(List<Saved> saved, List<Platform> platforms) {
        ImageLock.Builder lock = ImageLock.builder();
        for (int i = 0; i < platforms.size(); i++) {
            for (BuildEvent.ImageSaved image : saved.get(i).images()) {
                lock.add(image.reference(), image.digest(), platforms.get(i), why(image.reference()));
            }
        }
        return lock.build();
    }

    private List<String> why(ImageReference reference) {
        List<String> places = inventory.occurrences(reference).stream()
                .filter(it -> it.confidence().isSaved() && it.ignoredBy().isEmpty())
                .map(ImageOccurrence::place)
                .toList();
        if (!places.isEmpty()) {
            return places;
        }
        return List.of(given.contains(reference) ? GIVEN : StandardDirectory.SKOPEO_TAR_LIST);
    }

    /** The first place that asks for an image; empty if there is none. */
    static String askedAt(ImageReference reference, ImageInventory inventory) {
        return places(reference, inventory).stream().findFirst().orElse("");
    }

    /** {@return each image that will be saved, with every place that asks for it} */
    Map<ImageReference, List<String>> askedAt(ImageInventory inventory) {
        Map<ImageReference, List<String>> places = new LinkedHashMap<>();
        for (SaveRequest request : requests) {
            List<String> found = places(request.reference(), inventory);
            places.put(request.reference(), found.isEmpty() ? List.of(request.askedAt()) : found);
        }
        return Collections.unmodifiableMap(places);
    }

    private static List<String> places(ImageReference reference, ImageInventory inventory) {
        return inventory.occurrences(reference).stream()
                .map(ImageSaving::place)
                .distinct()
                .toList();
    }

    private static String place(ImageOccurrence occurrence) {
        return occurrence.file() + ":" + occurrence.line();
    }

    /** What was saved for one platform. */
    record Saved(List<VirtualFile> files, List<BuildEvent.ImageSaved> images, List<BuildEvent.SavingNoted> notices) {
        static final Saved NOTHING = new Saved(List.of(), List.of(), List.of());
    }
}
