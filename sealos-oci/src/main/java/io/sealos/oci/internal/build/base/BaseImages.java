package io.sealos.oci.internal.build.base;

import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.ImageChoiceException;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.build.evaluate.BaseRequest;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.push.KnownRepositories;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.save.ImageSaver;
import io.sealos.oci.internal.save.PlatformChoice;
import io.sealos.oci.internal.save.SaveSettings;
import io.sealos.oci.internal.save.SavedImages;
import io.sealos.oci.internal.source.OpenSources;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads base images. Those in files that the caller named are read where they lie; all others are fetched into the
 * content store first. Immutable.
 */
public final class BaseImages {
    private static final BaseSource OWN_REGISTRY = new BaseSource.OwnRegistry();

    private final Map<ImageReference, BaseSource> given;
    private final BuildResources resources;

    /** The origins that the caller gave have references with a tag or a digest as keys. */
    public BaseImages(Map<ImageReference, BaseSource> given, BuildResources resources) {
        this.given = Map.copyOf(given);
        this.resources = resources;
    }

    /** {@return the base images that need no network, by the name of the request} */
    public Map<String, BaseImage> atHand(List<BaseRequest> requests) throws IOException {
        Map<String, BaseImage> read = new LinkedHashMap<>();
        for (BaseRequest request : requests) {
            readAtHand(request).ifPresent(image -> read.put(request.name(), image));
        }
        return read;
    }

    /**
     * {@return all base images, by the name of the request}
     *
     * @throws ImageSaveException with all that could not be fetched
     */
    public Map<String, BaseImage> all(List<BaseRequest> requests) throws IOException {
        Map<String, BaseImage> read = atHand(requests);
        List<ImageSaveException.Failure> failures = new ArrayList<>();
        for (BaseRequest request : requests) {
            if (!read.containsKey(request.name())) {
                try {
                    read.put(request.name(), fetch(request));
                } catch (ImageSaveException e) {
                    failures.addAll(e.failures());
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new ImageSaveException(failures, requests.size());
        }
        return read;
    }

    private Optional<BaseImage> readAtHand(BaseRequest request) throws IOException {
        BaseSource origin = origin(request);
        Optional<ImageReader> opened = origin.open();
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (ImageReader reader = opened.get()) {
            return Optional.of(reader.base(request.taggedReference().toString(), platform(request)));
        } catch (ImageChoiceException e) {
            throw new BuildRefusedException(List.of(request.askedAt() + ": the base image '" + request.name()
                    + "' is not in " + origin + ": " + e.getMessage()));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("a base image was read", e);
        }
    }

    private BaseImage fetch(BaseRequest request) throws IOException {
        ContentStore store = resources.store();
        SavedImages.Image fetched = fetch(request, store);
        BaseImage base = ImageReader.stored(
                store, fetched.manifest(), request.taggedReference().toString());
        if (origin(request).equals(OWN_REGISTRY)) {
            rememberPlace(base, request.reference(), store);
        }
        return base;
    }

    private SavedImages.Image fetch(BaseRequest request, ContentStore store) throws IOException {
        BaseSource origin = origin(request);
        try (OpenSources origins = new OpenSources(store)) {
            SaveSettings settings = new SaveSettings(
                    store,
                    origins,
                    origin.access(resources.access()),
                    resources.offline(),
                    Set.of(),
                    PlatformChoice.ONE,
                    false,
                    resources.executor(),
                    resources.listener());
            return new ImageSaver(platform(request), settings)
                    .save(List.of(origin.request(request)))
                    .images()
                    .get(0);
        } catch (InterruptedException e) {
            throw Interruptions.during("a base image was fetched", e);
        }
    }

    /** Remembers that the registry has the layers, so that a push to it can take them from there. */
    private void rememberPlace(BaseImage base, ImageReference reference, ContentStore store) {
        KnownRepositories known =
                new KnownRepositories(store, resources.access().host(reference.registry()));
        base.layers().forEach(layer -> known.remember(layer.digest(), reference.repository()));
    }

    private BaseSource origin(BaseRequest request) {
        return given.getOrDefault(request.taggedReference(), OWN_REGISTRY);
    }

    private static Platform platform(BaseRequest request) {
        return Platform.parse(request.platform().toString());
    }
}
