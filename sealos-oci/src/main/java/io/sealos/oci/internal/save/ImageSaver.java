package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.TransferException;
import io.sealos.oci.internal.client.TransferListener;
import io.sealos.oci.internal.progress.Failures;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.registrytree.RegistryTree;
import io.sealos.oci.internal.registrytree.ResolvedImage;
import io.sealos.oci.internal.source.ImageFetcher;
import io.sealos.oci.internal.source.LocalImages;
import io.sealos.oci.internal.source.OfflineFetcher;
import io.sealos.oci.internal.source.RegistryFetcher;
import io.sealos.oci.internal.source.SaveNotice;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.ImageProblemException;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Saves images. Resolves those of all platforms, and then fetches each blob once. All failures are reported together.
 */
public final class ImageSaver {
    private static final int PARALLEL = 12;

    private final SaveSettings settings;
    private final ContentStore store;
    private final BuildListener listener;
    private final EarlyBlobs early = new EarlyBlobs();

    public ImageSaver(SaveSettings settings) {
        this.settings = settings;
        this.store = settings.store();
        this.listener = settings.events().listener();
    }

    /**
     * The images to save for one platform.
     *
     * @param requests the images, each once
     */
    public record Job(Platform platform, List<SaveRequest> requests) {
        private List<SaveTask> tasks() {
            return requests.stream()
                    .map(request -> new SaveTask(platform, request))
                    .toList();
        }
    }

    /** The images that were saved for one platform, or the failure. */
    @FunctionalInterface
    public interface Outcome {
        /** {@return the saved images, or throws the failure, which lists all images of this platform that failed} */
        SavedImages orThrow() throws ImageSaveException;
    }

    /** Saves the images of one platform. */
    public SavedImages save(Job job) throws IOException, InterruptedException {
        return save(List.of(job)).get(0).orThrow();
    }

    /** Saves the images of several platforms, and returns the outcomes in the same order. */
    public List<Outcome> save(List<Job> jobs) throws InterruptedException {
        return save(jobs, true);
    }

    /** Resolves images without fetching their layers, so the files of the results cannot be read. */
    public List<Outcome> resolve(List<Job> jobs) throws InterruptedException {
        return save(jobs, false);
    }

    private List<Outcome> save(List<Job> jobs, boolean withLayers) throws InterruptedException {
        Map<SaveTask, Exception> failures = new HashMap<>();
        Map<SaveTask, ResolvedImage> images;
        TransferListener retries = (image, host, reason, pause) ->
                listener.onEvent(new BuildEvent.RequestRetried(image.reference(), host, reason, pause));
        try (RegistryClient client = new RegistryClient(settings.access(), retries);
                WorkPool pool = WorkPool.of(PARALLEL, settings.executor())) {
            images = resolve(jobs.stream().flatMap(job -> job.tasks().stream()).toList(), client, pool, failures);
            // If no image could be resolved, there is nothing to fetch, and no phase that would end as complete.
            if (withLayers && !images.isEmpty()) {
                failures.putAll(new BlobFetch(store, settings.events(), early).fetch(images, pool));
            }
        }
        return jobs.stream()
                .map(job -> (Outcome) () -> saved(job, images, failures))
                .toList();
    }

    private SavedImages saved(Job job, Map<SaveTask, ResolvedImage> resolved, Map<SaveTask, Exception> failures)
            throws ImageSaveException {
        report(job.tasks(), failures);
        List<ResolvedImage> images =
                job.tasks().stream().map(resolved::get).filter(Objects::nonNull).toList();
        List<SaveNotice> notices =
                images.stream().flatMap(image -> image.notices().stream()).toList();
        return new SavedImages(RegistryTree.of(store, images, settings.preferred()), summary(images), notices);
    }

    private Map<SaveTask, ResolvedImage> resolve(
            List<SaveTask> tasks, RegistryClient client, WorkPool pool, Map<SaveTask, Exception> failures)
            throws InterruptedException {
        Map<SaveTask, ResolvedImage> images = new LinkedHashMap<>();
        try (PhaseRun phase = PhaseRun.start(listener, BuildPhase.RESOLVE, tasks.size())) {
            try {
                pool.forEach(tasks, task -> resolve(task, client)).forEach((task, result) -> {
                    result.value().ifPresent(image -> images.put(task, image));
                    result.failure().ifPresent(failure -> failures.put(task, failure));
                });
                if (failures.isEmpty()) {
                    phase.complete();
                }
            } catch (InterruptedException e) {
                throw phase.cancel(e);
            }
        }
        return images;
    }

    private ResolvedImage resolve(SaveTask task, RegistryClient client) throws IOException, InterruptedException {
        ImageReference image = task.request().reference();
        try {
            ImageFetcher fetcher = fetcher(task.request(), client);
            RawManifest root = fetcher.root();
            ResolvedImage resolved = new ImageResolver(settings, task, fetcher, early).resolve(root);
            listener.onEvent(new BuildEvent.ImageResolved(image, root.digest(), root.host()));
            return resolved;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (!Interruptions.isInterruption(e)) {
                listener.onEvent(new BuildEvent.ImageFailed(image, Failures.reason(e)));
            }
            throw e;
        }
    }

    private ImageFetcher fetcher(SaveRequest request, RegistryClient client) throws IOException, InterruptedException {
        if (request.source().isPresent()) {
            return new LocalImages(store, settings.sources())
                    .open(request, request.source().get());
        }
        return settings.offline() ? new OfflineFetcher(store, request) : new RegistryFetcher(client, store, request);
    }

    private static void report(List<SaveTask> tasks, Map<SaveTask, Exception> failures) throws ImageSaveException {
        List<ImageSaveException.Failure> all = new ArrayList<>();
        for (SaveTask task : tasks) {
            Exception failure = failures.get(task);
            if (failure != null) {
                all.add(failure(task.request(), failure));
            }
        }
        if (!all.isEmpty()) {
            throw new ImageSaveException(all, tasks.size());
        }
    }

    private static ImageSaveException.Failure failure(SaveRequest request, Exception cause) {
        String image = request.reference().toString();
        if (cause instanceof TransferException known) {
            return new ImageSaveException.Failure(
                    image, request.askedAt(), known.host(), known.status(), known.problem(), known.hint());
        }
        return cause instanceof ImageProblemException known
                ? new ImageSaveException.Failure(image, request.askedAt(), "", 0, known.placedProblem(), known.fix())
                : new ImageSaveException.Failure(image, request.askedAt(), "", 0, Failures.reason(cause), "");
    }

    private static List<SavedImages.Image> summary(List<ResolvedImage> images) {
        List<SavedImages.Image> saved = new ArrayList<>();
        for (ResolvedImage image : images) {
            long size = sum(image.manifests()) + sum(image.blobs());
            saved.add(new SavedImages.Image(image.request().reference(), image.root(), image.manifest(), size));
        }
        return List.copyOf(saved);
    }

    private static long sum(Map<Digest, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
