package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.WrongChoiceException;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.registry.SaveRequest;
import io.sealos.oci.internal.registry.SavedImages;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
            if (origin instanceof OciLayout layout) {
                read.put(request.name(), read(request, origin, layout.reader()));
            } else if (origin instanceof DockerArchive archive) {
                read.put(request.name(), read(request, origin, archive.reader()));
            }
        }
        return read;
    }

    private static BaseImage read(BaseRequest request, ImageOrigin origin, ImageReader reader) throws IOException {
        try {
            return reader.base(name(request).toString(), ImageChoice.target(request.platform()));
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
            for (BaseRequest request : requests) {
                if (!read.containsKey(request.name())) {
                    read.put(request.name(), fetch(request, saving));
                }
            }
            return read;
        };
    }

    private BaseImage fetch(BaseRequest request, ImageSaving saving) throws IOException {
        RegistryImage remote = given.get(name(request)) instanceof RegistryImage image ? image : null;
        ImageReference reference = remote == null ? request.reference() : remote.reference();
        SaveRequest wanted = SaveRequest.of(reference, request.askedAt());
        SavedImages.Image fetched =
                saving.fetch(wanted, request.platform(), remote == null ? saving.access() : remote.access());
        return ImageReader.stored(
                saving.store(), fetched.manifest(), name(request).toString());
    }

    private static ImageReference name(BaseRequest request) {
        return request.reference().withDefaultTag();
    }
}
