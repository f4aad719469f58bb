package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.recipe.RecipeException;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.registry.ContentStore;
import io.sealos.oci.internal.registry.ImageSaver;
import io.sealos.oci.internal.registry.SaveRequest;
import io.sealos.oci.internal.registry.SavedImages;
import io.sealos.oci.internal.registry.TarList;
import io.sealos.oci.internal.registry.TargetPlatform;
import io.sealos.oci.internal.registry.UnsavedImagesException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Saves the images of an inventory, and those of the archives that images/skopeo/tar.txt lists. */
final class ImageSaving {
    private final List<SaveRequest> requests;
    private final RegistryAccess access;
    private final Optional<Path> storeFolder;
    private final BuildListener listener;
    private final ImageInventory inventory;
    private final LockedRequests locked;

    private ImageSaving(ClusterImageBuilder build, ImageInventory inventory, List<SaveRequest> requests) {
        this.requests = List.copyOf(requests);
        this.access = build.registryAccess;
        this.storeFolder = Optional.ofNullable(build.contentStore);
        this.listener = build.listener;
        this.inventory = inventory;
        this.locked = new LockedRequests(this.requests, build.saveImages ? build.lock : null);
    }

    static ImageSaving of(ClusterImageBuilder build, Path context, ImageInventory inventory) throws IOException {
        List<SaveRequest> archived = build.saveImages ? archived(context) : List.of();
        List<ImageReference> atHand =
                archived.stream().map(SaveRequest::reference).toList();
        List<SaveRequest> requests = new ArrayList<>(archived);
        inventory.references().stream()
                .filter(reference -> !atHand.contains(reference))
                .map(reference -> SaveRequest.of(reference, askedAt(reference, inventory)))
                .forEach(requests::add);
        return new ImageSaving(build, inventory, requests);
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
    List<Saved> save(List<Platform> platforms) throws IOException {
        List<Saved> saved = new ArrayList<>();
        Set<UnsavedImagesException.Failure> failures = new LinkedHashSet<>();
        for (Platform platform : platforms) {
            try {
                saved.add(save(platform));
            } catch (UnsavedImagesException e) {
                failures.addAll(e.failures());
            }
        }
        if (!failures.isEmpty()) {
            throw new ImageSaveException(new UnsavedImagesException(List.copyOf(failures), requests.size()));
        }
        return saved;
    }

    private Saved save(Platform platform) throws IOException {
        TargetPlatform target = new TargetPlatform(
                platform.os(), platform.architecture(), platform.variant().orElse(""));
        try {
            SavedImages saved =
                    new ImageSaver(target, access.settings(), store(), line -> {}).save(locked.forPlatform(platform));
            return report(new Saved(saved.tree().files(), locked.saved(saved, platform)));
        } catch (InterruptedException e) {
            throw Interruptions.during("images were saved", e);
        }
    }

    private ContentStore store() throws IOException {
        return storeFolder.isPresent()
                ? new ContentStore(storeFolder.get())
                : ContentStore.ofUser(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private Saved report(Saved saved) {
        saved.images().forEach(listener::onEvent);
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
        return places.isEmpty() ? List.of(StandardDirectory.SKOPEO_TAR_LIST) : places;
    }

    private static String askedAt(ImageReference reference, ImageInventory inventory) {
        return inventory.occurrences(reference).stream()
                .findFirst()
                .map(ImageSaving::place)
                .orElse("");
    }

    private static String place(ImageOccurrence occurrence) {
        return occurrence.file() + ":" + occurrence.line();
    }

    /** What was saved for one platform. */
    record Saved(List<VirtualFile> files, List<BuildEvent.ImageSaved> images) {
        static final Saved NOTHING = new Saved(List.of(), List.of());
    }
}
