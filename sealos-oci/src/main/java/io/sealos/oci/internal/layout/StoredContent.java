package io.sealos.oci.internal.layout;

import java.io.IOException;
import java.nio.file.Path;

/** An image whose documents and layers exist already. */
@FunctionalInterface
public interface StoredContent {
    /** Writes all blobs into a directory, in which they are named by the hex digits of their digests. */
    WrittenImage writeTo(Path blobs) throws IOException;
}
