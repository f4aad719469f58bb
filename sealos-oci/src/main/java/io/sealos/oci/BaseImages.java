package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.WrongChoiceException;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.save.SavedImages;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.source.UnsavedImagesException;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads base images: those that the caller gave from where they lie, all others from their registries. */
final class BaseImages {
    private final Map<ImageReference, ImageOrigin> given;

    /** By references with a tag or a digest. */
    BaseImages(Map<ImageReference, ImageOrigin> given) {
        this.given = Map.copyOf(given);
    }

    /** What needs no network. */
    Map<String, BaseImage> atHand(List<BaseRequest> requests) throws IOException {
        Map<String, BaseImage> read = new LinkedHashMap<>();
        for (BaseRequest request : requests) {
            ImageOrigin origin = given.get(name(request));
            if (origin instanceof OciLayout || origin instanceof DockerArchive) {
                read.put(request.name(), read(request, origin));
            }
        }
        return read;
    }

    private static BaseImage read(BaseRequest request, ImageOrigin origin) throws IOException {
        try (ImageReader reader = Origins.reader(origin).orElseThrow()) {
            return reader.base(name(request).toString(), request.platform());
        } catch (WrongChoiceException e) {
            throw new BuildRefusedException(List.of(request.askedAt() + ": the base image '" + request.name()
                    + "' is not in " + origin + ": " + e.getMessage()));
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("a base image was read", e);
        }
    }

    /** All, fetched into the content store where they are at registries. */
    BaseSource all(ImageSaving saving) {
        return requests -> {
            Map<String, BaseImage> read = atHand(requests);
            List<UnsavedImagesException.Failure> failures = new ArrayList<>();
            for (BaseRequest request : requests) {
                if (!read.containsKey(request.name())) {
                    fetch(request, saving, failures).ifPresent(image -> read.put(request.name(), image));
                }
            }
            if (!failures.isEmpty()) {
                throw new ImageSaveException(new UnsavedImagesException(failures, requests.size()));
            }
            return read;
        };
    }

    private Optional<BaseImage> fetch(
            BaseRequest request, ImageSaving saving, List<UnsavedImagesException.Failure> failures) throws IOException {
        try {
            return Optional.of(fetch(request, saving));
        } catch (UnsavedImagesException e) {
            failures.addAll(e.failures());
            return Optional.empty();
        }
    }

    private BaseImage fetch(BaseRequest request, ImageSaving saving) throws IOException {
        ImageOrigin origin = given.get(name(request));
        SavedImages.Image fetched = origin instanceof RegistryImage remote
                ? saving.fetch(SaveRequest.of(remote.reference(), request.askedAt()), request.platform(), remote)
                : saving.fetch(wanted(request, origin), request.platform());
        BaseImage base = ImageReader.stored(
                saving.store(), fetched.manifest(), name(request).toString());
        if (origin == null) {
            saving.rememberPlace(base, request.reference());
        }
        return base;
    }

    private static SaveRequest wanted(BaseRequest request, @Nullable ImageOrigin origin) {
        return origin == null
                ? SaveRequest.of(request.reference(), request.askedAt())
                : SaveRequest.of(request.reference(), Origins.local(origin), request.askedAt());
    }

    private static ImageReference name(BaseRequest request) {
        return request.reference().withDefaultTag();
    }
}
