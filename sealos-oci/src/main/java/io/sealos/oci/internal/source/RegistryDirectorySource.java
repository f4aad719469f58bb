package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** A {@code registry/} directory other than that of the build. */
public record RegistryDirectorySource(Path directory) implements LocalSource {
    @Override
    public Format format() {
        return Format.REGISTRY;
    }

    @Override
    public StoredFiles open(Path scratch) throws IOException {
        return StoredFiles.registry(directory);
    }
}
