package io.sealos.oci.internal.source;

import io.sealos.oci.LayoutMaker;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** An OCI layout that is created when it is needed. */
public record MadeSource(LayoutMaker maker) implements LocalSource {
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
