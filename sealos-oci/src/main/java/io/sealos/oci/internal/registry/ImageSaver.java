package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.transport.RegistryClient;
import io.sealos.oci.internal.transport.TransferException;
import io.sealos.oci.internal.transport.TransferListener;
import io.sealos.oci.internal.work.Outcome;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Saves images: all are resolved first, then every blob that several of them share is fetched once. All failures are
 * reported together.
 */
public final class ImageSaver {
    private static final int PARALLEL = 12;

    private final TargetPlatform platform;
    private final SaveSettings settings;
    private final ContentStore store;
    private final SaveListener listener;

    public ImageSaver(TargetPlatform platform, SaveSettings settings) {
        this.platform = platform;
        this.settings = settings;
        this.store = settings.store();
        this.listener = settings.listener();
    }

    public SavedImages save(List<SaveRequest> requests) throws IOException, InterruptedException {
        Map<SaveRequest, Exception> failures = new LinkedHashMap<>();
        List<ResolvedImage> images;
        TransferListener retries =
                (image, host, reason, pause) -> listener.retrying(image.reference(), host, reason, pause);
        try (RegistryClient client = new RegistryClient(settings.access(), retries);
                WorkPool pool = WorkPool.of(PARALLEL, settings.executor())) {
            images = resolve(requests, client, pool, failures);
            fetch(images, pool, failures);
        }
        report(requests, failures);
        List<SaveNotice> notices =
                images.stream().flatMap(image -> image.notices().stream()).toList();
        return new SavedImages(RegistryTree.of(store, images, settings.preferred()), summary(images), notices);
    }

    private List<ResolvedImage> resolve(
            List<SaveRequest> requests, RegistryClient client, WorkPool pool, Map<SaveRequest, Exception> failures)
            throws InterruptedException {
        Map<SaveRequest, Outcome<ResolvedImage>> results = pool.forEach(requests, request -> resolve(request, client));
        List<ResolvedImage> images = new ArrayList<>();
        results.forEach((request, result) -> {
            result.value().ifPresent(images::add);
            result.failure().ifPresent(failure -> failures.put(request, failure));
        });
        return images;
    }

    private ResolvedImage resolve(SaveRequest request, RegistryClient client) throws IOException, InterruptedException {
        return new ImageResolver(settings, platform, request, source(request, client)).resolve();
    }

    private ImageSource source(SaveRequest request, RegistryClient client) throws IOException, InterruptedException {
        if (request.origin().isPresent()) {
            return new LocalImages(store, listener, settings.origins())
                    .open(request, request.origin().get());
        }
        return settings.offline()
                ? new OfflineSource(store, request, listener)
                : new RegistrySource(client, store, request, listener);
    }

    private void fetch(List<ResolvedImage> images, WorkPool pool, Map<SaveRequest, Exception> failures)
            throws InterruptedException {
        Set<Digest> blobs = new LinkedHashSet<>();
        images.forEach(image -> blobs.addAll(image.blobs().keySet()));
        Map<Digest, Outcome<Map<SaveRequest, IOException>>> results =
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
     * What went wrong for each image that needs the blob, or nothing: a blob that the first image cannot get, because
     * it lies elsewhere or is denied there, another one may.
     */
    private Map<SaveRequest, IOException> fetch(Digest blob, List<ResolvedImage> images) throws InterruptedException {
        Map<SaveRequest, IOException> failures = new LinkedHashMap<>();
        for (ResolvedImage image : images) {
            Long size = image.blobs().get(blob);
            if (size != null) {
                try {
                    image.source().fetch(blob, size);
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
        return cause instanceof TransferException known
                ? new ImageSaveException.Failure(
                        image, request.askedAt(), known.host(), known.status(), known.problem(), known.hint())
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
