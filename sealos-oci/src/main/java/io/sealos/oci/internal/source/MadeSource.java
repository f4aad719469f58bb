package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** An OCI layout that is created when it is needed. */
public record MadeSource(Maker maker) implements LocalSource {
    /** Writes an OCI layout. */
    public interface Maker {
        void writeTo(Path emptyDirectory) throws IOException;
    }

    @Override
    public Format format() {
        return Format.OCI;
    }

    @Override
    public StoredFiles open(Path scratch) throws IOException {
        maker.writeTo(scratch);
        return StoredFiles.directory(scratch);
    }
}
