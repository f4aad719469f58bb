package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.IOException;

/** Creates the contents of the files of a layer while its tar is read. */
@FunctionalInterface
interface LayerContents {
    /** Returns the content of a file, which may be read from the entries. */
    Content of(String path, TarEntry entry, TarEntries entries) throws IOException;
}
