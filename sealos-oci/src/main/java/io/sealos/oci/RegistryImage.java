package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.inspect.Wanted;
import io.sealos.oci.internal.transport.RegistryClient;
import io.sealos.oci.internal.transport.RemoteImage;
import java.io.IOException;
import java.util.Objects;

/**
 * An image at a registry. Inspecting it fetches its manifests and its configuration and no layer, so that nothing is
 * known of the images inside of it; as a base image it is fetched into the content store of the build.
 *
 * <pre>{@code
 * InspectedImage base = ClusterImage.inspect(RegistryImage.of("labring/kubernetes:v1.24.0"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RegistryImage implements ImageOrigin {
    private final ImageReference reference;
    private final RegistryAccess access;

    private RegistryImage(ImageReference reference, RegistryAccess access) {
        this.reference = reference;
        this.access = access;
    }

    /**
     * {@return the image of that name, reached as {@link RegistryAccess#defaults()} says}
     *
     * @param reference the name, with a tag or a digest; without either it is {@code latest}
     * @throws io.sealos.images.ImageReferenceException if it is no name of an image
     */
    public static RegistryImage of(String reference) {
        return new RegistryImage(ImageReference.parse(reference), RegistryAccess.defaults());
    }

    /**
     * {@return the same image, reached in another way}
     *
     * @param registryAccess how its registry is reached
     */
    public RegistryImage withAccess(RegistryAccess registryAccess) {
        return new RegistryImage(reference, Objects.requireNonNull(registryAccess, "registryAccess"));
    }

    ImageReference reference() {
        return reference;
    }

    RegistryAccess access() {
        return access;
    }

    StoredImage read(Wanted wanted) throws IOException {
        try (RegistryClient client = new RegistryClient(access.settings(), (image, host, reason, pause) -> {});
                ImageReader reader = ImageReader.remote(client, new RemoteImage(reference))) {
            return reader.read(wanted);
        }
    }

    /** {@return the image as skopeo names it, such as {@code docker://docker.io/labring/nginx:v1.23.1}} */
    @Override
    public String toString() {
        return "docker://" + reference.withDefaultTag();
    }
}
