package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.TransferException;
import io.sealos.oci.internal.client.TransferListener;
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
import io.sealos.oci.internal.work.ItemOutcome;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Saves images. Resolves all of them, and then fetches each blob once. All failures are reported together. */
public final class ImageSaver {
    private static final int PARALLEL = 12;

    private final Platform platform;
    private final SaveSettings settings;
    private final ContentStore store;
    private final BuildListener listener;

    public ImageSaver(Platform platform, SaveSettings settings) {
        this.platform = platform;
        this.settings = settings;
        this.store = settings.store();
        this.listener = settings.listener();
    }

    public SavedImages save(List<SaveRequest> requests) throws IOException, InterruptedException {
        return save(requests, true);
    }

    /** Resolves images without fetching their layers, so the files of the result cannot be read. */
    public SavedImages resolve(List<SaveRequest> requests) throws IOException, InterruptedException {
        return save(requests, false);
    }

    private SavedImages save(List<SaveRequest> requests, boolean withLayers) throws IOException, InterruptedException {
        Map<SaveRequest, Exception> failures = new LinkedHashMap<>();
        List<ResolvedImage> images;
        TransferListener retries = (image, host, reason, pause) ->
                listener.onEvent(new BuildEvent.RequestRetried(image.reference(), host, reason, pause));
        try (RegistryClient client = new RegistryClient(settings.access(), retries);
                WorkPool pool = WorkPool.of(PARALLEL, settings.executor())) {
            images = resolve(requests, client, pool, failures);
            if (withLayers) {
                fetch(images, pool, failures);
            }
        }
        report(requests, failures);
        List<SaveNotice> notices =
                images.stream().flatMap(image -> image.notices().stream()).toList();
        return new SavedImages(RegistryTree.of(store, images, settings.preferred()), summary(images), notices);
    }

    private List<ResolvedImage> resolve(
            List<SaveRequest> requests, RegistryClient client, WorkPool pool, Map<SaveRequest, Exception> failures)
            throws InterruptedException {
        Map<SaveRequest, ItemOutcome<ResolvedImage>> results =
                pool.forEach(requests, request -> resolve(request, client));
        List<ResolvedImage> images = new ArrayList<>();
        results.forEach((request, result) -> {
            result.value().ifPresent(images::add);
            result.failure().ifPresent(failure -> failures.put(request, failure));
        });
        return images;
    }

    private ResolvedImage resolve(SaveRequest request, RegistryClient client) throws IOException, InterruptedException {
        return new ImageResolver(settings, platform, request, fetcher(request, client)).resolve();
    }

    private ImageFetcher fetcher(SaveRequest request, RegistryClient client) throws IOException, InterruptedException {
        if (request.source().isPresent()) {
            return new LocalImages(store, listener, settings.sources())
                    .open(request, request.source().get());
        }
        return settings.offline()
                ? new OfflineFetcher(store, request, listener)
                : new RegistryFetcher(client, store, request, listener);
    }

    private void fetch(List<ResolvedImage> images, WorkPool pool, Map<SaveRequest, Exception> failures)
            throws InterruptedException {
        Set<Digest> blobs = new LinkedHashSet<>();
        images.forEach(image -> blobs.addAll(image.blobs().keySet()));
        Map<Digest, ItemOutcome<Map<SaveRequest, IOException>>> results =
                pool.forEach(List.copyOf(blobs), blob -> fetch(blob, images));
        results.forEach((blob, result) -> {
            result.value().ifPresent(found -> found.forEach(failures::putIfAbsent));
            result.failure()
                    .ifPresent(failure -> images.stream()
                            .filter(image -> image.blobs().containsKey(blob))
                            .forEach(image -> failures.putIfAbsent(image.request(), failure)));
        });
    }

    /**
     * Fetches a blob through the first image that has access to it.
     *
     * @return the failures of all images that need the blob; empty if one succeeded
     */
    private Map<SaveRequest, IOException> fetch(Digest blob, List<ResolvedImage> images) throws InterruptedException {
        Map<SaveRequest, IOException> failures = new LinkedHashMap<>();
        for (ResolvedImage image : images) {
            Long size = image.blobs().get(blob);
            if (size != null) {
                try {
                    image.fetcher().fetch(blob, size);
                    return Map.of();
                } catch (IOException e) {
                    failures.put(image.request(), e);
                }
            }
        }
        return failures;
    }

    private static void report(List<SaveRequest> requests, Map<SaveRequest, Exception> failures)
            throws ImageSaveException {
        List<ImageSaveException.Failure> all = new ArrayList<>();
        for (SaveRequest request : requests) {
            Exception failure = failures.get(request);
            if (failure != null) {
                all.add(failure(request, failure));
            }
        }
        if (!all.isEmpty()) {
            throw new ImageSaveException(all, requests.size());
        }
    }

    private static ImageSaveException.Failure failure(SaveRequest request, Exception cause) {
        String image = request.reference().toString();
        if (cause instanceof TransferException known) {
            return new ImageSaveException.Failure(
                    image, request.askedAt(), known.host(), known.status(), known.problem(), known.hint());
        }
        return cause instanceof ImageProblemException known
                ? new ImageSaveException.Failure(image, request.askedAt(), "", 0, known.problem(), known.fix())
                : new ImageSaveException.Failure(
                        image, request.askedAt(), "", 0, String.valueOf(cause.getMessage()), "");
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
