package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.nio.file.Path;

/** Where archives are unpacked to be read. */
@FunctionalInterface
public interface Scratch {
    /** The directory, which is made when it is first asked for, and which whoever lends it deletes. */
    Path directory() throws IOException;
}
