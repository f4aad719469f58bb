package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.nio.file.Path;

/** Provides the directory for decompressed archives. */
@FunctionalInterface
public interface Scratch {
    /** Returns the directory, which is created on the first call and deleted by its owner. */
    Path directory() throws IOException;
}
