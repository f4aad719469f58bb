package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.ImageFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Another {@code registry/} directory. */
public record RegistryDirectorySource(Path directory) implements LocalSource {
    @Override
    public Format format() {
        return Format.REGISTRY;
    }

    @Override
    public ImageFiles open(Path scratch) throws IOException {
        return ImageFiles.registry(directory);
    }
}
