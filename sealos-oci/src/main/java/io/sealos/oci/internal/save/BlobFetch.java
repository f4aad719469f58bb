package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.registrytree.ResolvedImage;
import io.sealos.oci.internal.source.BlobEvents;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.work.ItemOutcome;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the blobs of images. Each blob is announced, fetched and reported once, however many images contain it. */
final class BlobFetch {
    private final ContentStore store;
    private final SaveEvents events;
    private final EarlyBlobs early;

    BlobFetch(ContentStore store, SaveEvents events, EarlyBlobs early) {
        this.store = store;
        this.events = events;
        this.early = early;
    }

    /** A blob, the images that contain it, and the listener, which ignores blobs that were announced before. */
    private record Blob(Digest digest, long size, List<SaveTask> tasks, BuildListener listener) {}

    /** Announces and fetches all blobs, and returns the first failure of each image that lacks one. */
    Map<SaveTask, Exception> fetch(Map<SaveTask, ResolvedImage> images, WorkPool pool) throws InterruptedException {
        List<Blob> blobs = blobs(images);
        List<Blob> announced = blobs.stream()
                .filter(blob -> blob.listener() != BuildListener.NONE)
                .toList();
        long size = PhaseRun.total(announced.stream().mapToLong(Blob::size));
        try (PhaseRun phase = PhaseRun.start(events.listener(), events.phase(), announced.size(), size)) {
            try {
                Map<SaveTask, Exception> failures = fetch(blobs, images, pool);
                if (failures.isEmpty()) {
                    phase.complete();
                }
                return failures;
            } catch (InterruptedException e) {
                throw phase.cancel(e);
            }
        }
    }

    private List<Blob> blobs(Map<SaveTask, ResolvedImage> images) {
        Map<Digest, Blob> blobs = new LinkedHashMap<>();
        images.forEach((task, image) -> image.blobs()
                .forEach((digest, size) -> blobs.computeIfAbsent(
                                digest, added -> new Blob(added, size, new ArrayList<>(), listener(added)))
                        .tasks()
                        .add(task)));
        return List.copyOf(blobs.values());
    }

    private BuildListener listener(Digest blob) {
        return events.announced().add(blob) ? events.listener() : BuildListener.NONE;
    }

    private Map<SaveTask, Exception> fetch(List<Blob> blobs, Map<SaveTask, ResolvedImage> images, WorkPool pool)
            throws InterruptedException {
        Map<SaveTask, Exception> failures = new LinkedHashMap<>();
        Map<Blob, ItemOutcome<Map<SaveTask, IOException>>> results = pool.forEach(blobs, blob -> fetch(blob, images));
        results.forEach((blob, result) -> {
            result.value().ifPresent(found -> found.forEach(failures::putIfAbsent));
            result.failure().ifPresent(failure -> blob.tasks().forEach(task -> failures.putIfAbsent(task, failure)));
        });
        return failures;
    }

    /**
     * Fetches a blob through the first image that has access to it.
     *
     * @return the failures of all images that need the blob; empty if one succeeded
     */
    private Map<SaveTask, IOException> fetch(Blob blob, Map<SaveTask, ResolvedImage> images)
            throws InterruptedException {
        Map<SaveTask, IOException> failures = new LinkedHashMap<>();
        try (BlobEvents report = report(blob)) {
            for (SaveTask task : blob.tasks()) {
                ResolvedImage image = images.get(task);
                if (image != null) {
                    try {
                        report.of(task.request().reference());
                        fetch(blob, image, report);
                        return Map.of();
                    } catch (IOException e) {
                        report.failedWith(e);
                        failures.put(task, e);
                    } catch (InterruptedException | RuntimeException e) {
                        report.failedWith(e);
                        throw e;
                    }
                }
            }
        }
        return failures;
    }

    private BlobEvents report(Blob blob) {
        ImageReference first = blob.tasks().get(0).request().reference();
        return new BlobEvents(blob.listener(), events.phase(), first, blob.digest(), blob.size());
    }

    private void fetch(Blob blob, ResolvedImage image, BlobEvents report) throws IOException, InterruptedException {
        long size = image.blobs().getOrDefault(blob.digest(), blob.size());
        Optional<String> host = early.host(blob.digest());
        if (host.isPresent() && store.has(blob.digest(), size)) {
            report.started(host.get());
            report.finished();
        } else {
            image.fetcher().fetch(blob.digest(), size, report);
        }
    }
}
