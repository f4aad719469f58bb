package io.sealos.oci;

import io.sealos.oci.internal.registry.LocalOrigin;
import io.sealos.oci.internal.registry.RegistryOrigin;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A {@code registry/} folder in the <a
 * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">storage layout of the
 * distribution registry</a>, such as sealos, or an earlier build, has left. An image is found there by repository and
 * tag, or digest, and never by another name. Immutable.
 */
public final class RegistryFolder implements ImageOrigin {
    private final Path folder;

    private RegistryFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * {@return the images of that folder}
     *
     * @param folder the folder that has {@code docker/registry/v2}
     */
    public static RegistryFolder of(Path folder) {
        return new RegistryFolder(Objects.requireNonNull(folder, "folder"));
    }

    Path path() {
        return folder;
    }

    LocalOrigin local() {
        return new RegistryOrigin(folder);
    }

    /** {@return the origin as messages name it} */
    @Override
    public String toString() {
        return "registry folder " + folder;
    }
}
