package io.sealos.oci.internal.build.base;

import io.sealos.SealosException;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.ImageChoiceException;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.build.evaluate.BaseRequest;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluator;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.inspect.FoundImage;
import io.sealos.oci.internal.inspect.FoundImages;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.push.KnownRepositories;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.save.ImageSaver;
import io.sealos.oci.internal.save.PlatformChoice;
import io.sealos.oci.internal.save.SaveEvents;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads base images. Images in files that the caller named are read in place. All others are first fetched into the
 * content store. Immutable.
 */
public final class BaseImages {
    private static final BaseSource OWN_REGISTRY = new BaseSource.OwnRegistry();

    private final Map<ImageReference, BaseSource> given;
    private final BuildResources resources;

    /** Creates a reader. The keys of the sources that the caller gave are references with a tag or a digest. */
    public BaseImages(Map<ImageReference, BaseSource> given, BuildResources resources) {
        this.given = Map.copyOf(given);
        this.resources = resources;
    }

    /**
     * {@return a reader for one call that fetches the base images that are not available locally} It announces each
     * blob once, even if several base images or platforms need it.
     */
    public PlatformEvaluator.BaseReader fetching() {
        SaveEvents events = SaveEvents.of(resources.listener(), BuildPhase.FETCH_BASES);
        return requests -> all(requests, events);
    }

    /** {@return the base images that are available locally, by the name of the request} */
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
     * @throws ImageSaveException if base images could not be fetched; it lists all of them
     */
    private Map<String, BaseImage> all(List<BaseRequest> requests, SaveEvents events) throws IOException {
        Map<String, BaseImage> read = atHand(requests);
        List<ImageSaveException.Failure> failures = new ArrayList<>();
        for (BaseRequest request : requests) {
            if (!read.containsKey(request.name())) {
                try {
                    read.put(request.name(), fetch(request, events));
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
        BaseSource source = source(request);
        Optional<ImageReader> opened = source.open();
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (ImageReader reader = opened.get()) {
            BaseImage image = reader.base(request.taggedReference().toString(), platform(request));
            requireFull(request, image);
            return Optional.of(image);
        } catch (ImageChoiceException e) {
            SealosException.Part part = e.parts().get(0);
            String problem = "the base image '" + request.name() + "' is not in " + source + ": ";
            throw new BuildRefusedException(
                    List.of(new SealosException.Part(request.askedAt(), problem + part.problem(), part.fix())),
                    List.of(request.askedAt() + ": " + problem + e.getMessage()));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("a base image was read", e);
        }
    }

    private static void requireFull(BaseRequest request, BaseImage image) {
        if (DeltaFiles.isDelta(image.config())) {
            throw new BuildRefusedException(List.of(new SealosException.Part(
                    request.askedAt(),
                    "the base image '" + request.name()
                            + "' is a delta image, which lacks layers of its container images",
                    "create the full image from the delta and its base (ClusterImage.combine), and build from that")));
        }
    }

    private BaseImage fetch(BaseRequest request, SaveEvents events) throws IOException {
        ContentStore store = resources.store();
        SavedImages.Image fetched = fetch(request, store, events);
        BaseImage base = ImageReader.stored(
                store, fetched.manifest(), request.taggedReference().toString());
        requireFull(request, base);
        if (source(request).equals(OWN_REGISTRY)) {
            rememberPlace(base, request.reference(), resources.access(), store);
        }
        return base;
    }

    private SavedImages.Image fetch(BaseRequest request, ContentStore store, SaveEvents events) throws IOException {
        BaseSource source = source(request);
        try (OpenSources sources = new OpenSources(store)) {
            SaveSettings settings = new SaveSettings(
                    store,
                    sources,
                    source.access(resources.access()),
                    resources.offline(),
                    Set.of(),
                    PlatformChoice.ONE,
                    false,
                    resources.signatures(),
                    resources.executor(),
                    events);
            return new ImageSaver(settings)
                    .save(new ImageSaver.Job(platform(request), List.of(source.request(request))))
                    .images()
                    .get(0);
        } catch (InterruptedException e) {
            throw Interruptions.during("a base image was fetched", e);
        }
    }

    /** Records that the registry has the layers, so a later push to it can mount them. */
    private static void rememberPlace(
            BaseImage base, ImageReference reference, AccessSettings access, ContentStore store) {
        KnownRepositories known = new KnownRepositories(store, access.host(reference.registry()));
        base.layers().forEach(layer -> known.remember(layer.digest(), reference.repository()));
    }

    /**
     * Fetches an image for several platforms.
     *
     * @param name the name of the image for messages
     * @throws ImageSaveException if the image could not be fetched
     */
    public FoundImages find(ImageReference reference, List<Platform> platforms, String name) throws IOException {
        SaveEvents events = SaveEvents.of(resources.listener(), BuildPhase.FETCH_BASES);
        List<FoundImage> found = new ArrayList<>();
        for (Platform platform : platforms) {
            BaseRequest request = new BaseRequest(reference.toString(), reference, platform, name);
            BaseImage base = fetch(request, events);
            AccessSettings access = source(request).access(resources.access());
            rememberPlace(base, reference, access, resources.store());
            Digest manifest = Objects.requireNonNull(base.manifest(), "a fetched image has a manifest");
            found.add(ImageReader.found(resources.store(), manifest, name));
        }
        return FoundImages.of(found);
    }

    private BaseSource source(BaseRequest request) {
        return given.getOrDefault(request.taggedReference(), OWN_REGISTRY);
    }

    private static Platform platform(BaseRequest request) {
        return Platform.parse(request.platform().toString());
    }
}
