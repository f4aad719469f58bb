package io.sealos.oci.internal.build.save;

import io.sealos.SealosException;
import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.save.SavedImages;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The requests for images to save, restricted to those of a lock if there is one. Immutable. */
final class LockedRequests {
    private static final String FIX = "if this is meant, build without the lock and keep the lock of the result";

    private final List<SaveRequest> requests;
    private final Optional<ImageLock> lock;

    LockedRequests(List<SaveRequest> requests, Optional<ImageLock> lock) {
        this.requests = requests;
        this.lock = lock;
    }

    /**
     * Throws an exception that lists all images that are new, not locked for a platform, or no longer found. An image
     * with another tag than that in the lock is listed once, as new.
     */
    void check(List<Platform> platforms) {
        lock.ifPresent(known -> check(known, platforms));
    }

    private void check(ImageLock known, List<Platform> platforms) {
        List<SealosException.Part> reasons = new ArrayList<>();
        requests.forEach(request -> check(known, request, platforms, reasons));
        Set<ImageReference> found = requests.stream()
                .map(request -> request.reference().withDefaultTag())
                .collect(Collectors.toSet());
        Set<String> retagged = requests.stream()
                .map(SaveRequest::reference)
                .filter(reference -> !isLocked(known, reference))
                .map(ImageReference::name)
                .collect(Collectors.toSet());
        known.entries().stream()
                .map(ImageLock.Entry::reference)
                .filter(reference -> !found.contains(reference) && !retagged.contains(reference.name()))
                .distinct()
                .forEach(reference -> reasons.add(new SealosException.Part(
                        "", reference + " is gone: the lock has it, but it was not found", FIX)));
        if (!reasons.isEmpty()) {
            List<String> lines = new ArrayList<>();
            reasons.forEach(it -> lines.add((it.place().isEmpty() ? "" : it.place() + ": ") + it.problem()));
            lines.add(FIX);
            throw new BuildRefusedException(reasons, lines);
        }
    }

    private static boolean isLocked(ImageLock lock, ImageReference reference) {
        return lock.entries().stream().anyMatch(entry -> entry.reference().equals(reference.withDefaultTag()));
    }

    private static void check(
            ImageLock lock, SaveRequest request, List<Platform> platforms, List<SealosException.Part> reasons) {
        List<Platform> missing = platforms.stream()
                .filter(platform -> lock.digest(request.reference(), platform).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        List<ImageReference> related = lock.entries().stream()
                .map(ImageLock.Entry::reference)
                .filter(it -> it.name().equals(request.reference().name()))
                .distinct()
                .toList();
        boolean known = related.contains(request.reference().withDefaultTag());
        String problem = known ? " is not locked for " + joined(missing) : " is new: " + lockHas(related);
        reasons.add(new SealosException.Part(request.askedAt(), request.reference() + problem, FIX));
    }

    private static String lockHas(List<ImageReference> related) {
        return related.isEmpty() ? "the lock does not have it" : "the lock has " + joined(related) + " instead";
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** {@return the images that are requested, with the digests that they are locked to} */
    List<ImageDiff.Image> images(List<Platform> platforms) {
        List<ImageDiff.Image> images = new ArrayList<>();
        for (SaveRequest request : requests) {
            Map<Optional<Digest>, List<Platform>> byDigest = platforms.stream()
                    .collect(Collectors.groupingBy(
                            platform -> digest(request, platform), LinkedHashMap::new, Collectors.toList()));
            byDigest.forEach((digest, of) -> images.add(new ImageDiff.Image(request.reference(), digest, of)));
        }
        return List.copyOf(images);
    }

    /** {@return the requests for one platform; images at a registry are requested by their locked digests} */
    List<SaveRequest> forPlatform(Platform platform) {
        return requests.stream().map(request -> pinned(request, platform)).toList();
    }

    private SaveRequest pinned(SaveRequest request, Platform platform) {
        return digest(request, platform)
                .filter(digest -> knowsDigests(request))
                .map(request::pinned)
                .orElse(request);
    }

    /** {@return whether the source finds images by digest; otherwise, the digest is compared afterwards} */
    private static boolean knowsDigests(SaveRequest request) {
        return request.source()
                .map(source -> source.format() == LocalSource.Format.REGISTRY)
                .orElse(true);
    }

    private Optional<Digest> digest(SaveRequest request, Platform platform) {
        return lock.flatMap(known -> known.digest(request.reference(), platform));
    }

    /**
     * {@return the saved images under their requested names}
     *
     * @throws ImageSaveException if the digests of images from archives are not those of the lock
     */
    List<BuildEvent.ImageSaved> saved(SavedImages saved, Platform platform) {
        List<BuildEvent.ImageSaved> images = new ArrayList<>();
        List<ImageSaveException.Failure> failures = new ArrayList<>();
        Map<ImageReference, SavedImages.Image> byReference = saved.images().stream()
                .collect(Collectors.toMap(SavedImages.Image::reference, image -> image, (one, same) -> one));
        for (SaveRequest request : requests) {
            SavedImages.Image image = Objects.requireNonNull(
                    byReference.get(pinned(request, platform).reference()));
            digest(request, platform)
                    .filter(digest -> !digest.equals(image.digest()))
                    .ifPresent(digest -> failures.add(changed(request, digest, image.digest())));
            images.add(new BuildEvent.ImageSaved(request.reference(), image.digest(), image.size()));
        }
        if (!failures.isEmpty()) {
            throw new ImageSaveException(failures, requests.size());
        }
        return images;
    }

    private static ImageSaveException.Failure changed(SaveRequest request, Digest locked, Digest found) {
        return new ImageSaveException.Failure(
                request.reference().toString(),
                request.askedAt(),
                "",
                0,
                "the archive has changed: it is " + found + ", but the lock has " + locked,
                FIX);
    }
}
