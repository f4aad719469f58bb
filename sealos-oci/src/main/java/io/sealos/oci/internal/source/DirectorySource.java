package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An OCI layout directory, or a {@code registry/} directory other than that of the build.
 *
 * @param directory the directory
 * @param format what it is: {@code OCI} or {@code REGISTRY}
 */
public record DirectorySource(Path directory, Format format) implements LocalSource {
    @Override
    public StoredFiles open(Path scratch) throws IOException {
        return format == Format.REGISTRY ? StoredFiles.registry(directory) : StoredFiles.directory(directory);
    }
}
