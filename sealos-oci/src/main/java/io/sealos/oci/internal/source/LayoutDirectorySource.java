package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** An OCI layout directory. */
public record LayoutDirectorySource(Path directory) implements LocalSource {
    @Override
    public Format format() {
        return Format.OCI;
    }

    @Override
    public StoredFiles open(Path scratch) throws IOException {
        return StoredFiles.directory(directory);
    }
}
