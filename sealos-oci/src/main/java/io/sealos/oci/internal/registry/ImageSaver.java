package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.transport.AccessSettings;
import io.sealos.oci.internal.transport.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Saves images: all are resolved first, then every blob that several of them share is fetched once. All failures are
 * reported together.
 */
public final class ImageSaver {
    private static final int PARALLEL = 8;

    private final TargetPlatform platform;
    private final AccessSettings access;
    private final ContentStore store;
    private final Consumer<String> listener;

    /** The listener hears one line for each image resolved and each blob that is there, from several threads. */
    public ImageSaver(TargetPlatform platform, AccessSettings access, ContentStore store, Consumer<String> listener) {
        this.platform = platform;
        this.access = access;
        this.store = store;
        this.listener = listener;
    }

    public SavedImages save(List<SaveRequest> requests) throws IOException, InterruptedException {
        Map<SaveRequest, Exception> failures = new LinkedHashMap<>();
        List<ResolvedImage> images;
        try (RegistryClient client = new RegistryClient(access);
                Parallel parallel = new Parallel(PARALLEL)) {
            images = resolve(requests, client, parallel, failures);
            fetch(images, parallel, failures);
        }
        report(requests, failures);
        return new SavedImages(RegistryTree.of(store, images), summary(images));
    }

    private List<ResolvedImage> resolve(
            List<SaveRequest> requests, RegistryClient client, Parallel parallel, Map<SaveRequest, Exception> failures)
            throws InterruptedException {
        Map<SaveRequest, Parallel.Result<ResolvedImage>> results =
                parallel.forEach(requests, request -> resolve(request, client));
        List<ResolvedImage> images = new ArrayList<>();
        results.forEach((request, result) -> {
            result.value().ifPresent(images::add);
            result.failure().ifPresent(failure -> failures.put(request, failure));
        });
        return images;
    }

    private ResolvedImage resolve(SaveRequest request, RegistryClient client) throws IOException, InterruptedException {
        ImageSource source = request.kind() == SaveRequest.Kind.REGISTRY
                ? new RegistrySource(client, store, request)
                : new Archives(store).open(request);
        ResolvedImage image = new ImageResolver(store, platform, request, source).resolve();
        listener.accept("resolved " + request.reference() + " to " + image.root());
        return image;
    }

    private void fetch(List<ResolvedImage> images, Parallel parallel, Map<SaveRequest, Exception> failures)
            throws InterruptedException {
        Set<Digest> blobs = new LinkedHashSet<>();
        images.forEach(image -> blobs.addAll(image.blobs().keySet()));
        Map<Digest, Parallel.Result<Digest>> results =
                parallel.forEach(List.copyOf(blobs), blob -> fetch(blob, images));
        for (ResolvedImage image : images) {
            image.blobs().keySet().forEach(blob -> {
                Parallel.Result<Digest> result = results.get(blob);
                if (result != null) {
                    result.failure().ifPresent(failure -> failures.putIfAbsent(image.request(), failure));
                }
            });
        }
    }

    /** A blob that the first image cannot get, because it lies elsewhere or is denied there, another one may. */
    private Digest fetch(Digest blob, List<ResolvedImage> images) throws IOException, InterruptedException {
        IOException failure = new IOException("no image has " + blob);
        for (ResolvedImage image : images) {
            Long size = image.blobs().get(blob);
            if (size != null) {
                try {
                    image.source().fetch(blob, size);
                    listener.accept("have " + blob + ", " + size + " bytes");
                    return blob;
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        throw failure;
    }

    private static void report(List<SaveRequest> requests, Map<SaveRequest, Exception> failures)
            throws UnsavedImagesException {
        List<UnsavedImagesException.Failure> all = new ArrayList<>();
        for (SaveRequest request : requests) {
            Exception failure = failures.get(request);
            if (failure != null) {
                all.add(UnsavedImagesException.Failure.of(request, failure));
            }
        }
        if (!all.isEmpty()) {
            throw new UnsavedImagesException(all, requests.size());
        }
    }

    private static List<SavedImages.Image> summary(List<ResolvedImage> images) {
        List<SavedImages.Image> saved = new ArrayList<>();
        for (ResolvedImage image : images) {
            long size = sum(image.manifests()) + sum(image.blobs());
            saved.add(new SavedImages.Image(image.request().reference(), image.root(), size));
        }
        return List.copyOf(saved);
    }

    private static long sum(Map<Digest, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
