package io.sealos.oci;

import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.source.DirectorySource;
import io.sealos.oci.internal.source.LocalSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A {@code registry/} directory in the <a
 * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">storage layout of the
 * distribution registry</a>, as written by sealos or by {@link ClusterImage#saveRegistry}. Images are found by their
 * repository and their tag or digest. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RegistryDirectory extends ImageSource {
    private final Path directory;

    private RegistryDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * {@return the images of the given directory}
     *
     * @param directory the directory that contains {@code docker/registry/v2}
     */
    public static RegistryDirectory of(Path directory) {
        return new RegistryDirectory(Objects.requireNonNull(directory, "directory"));
    }

    Path path() {
        return directory;
    }

    @Override
    LocalSource local() {
        return new DirectorySource(directory, LocalSource.Format.REGISTRY);
    }

    @Override
    List<SiteBlobs> siteBlobs(ImageChoice choice, List<Platform> hosts) throws IOException {
        return List.of(ImageReader.siteBlobs(directory, hosts));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryDirectory that && directory.equals(that.directory);
    }

    @Override
    public int hashCode() {
        return directory.hashCode();
    }

    /** {@return the name of the source for messages} */
    @Override
    public String toString() {
        return "registry directory " + directory;
    }
}
