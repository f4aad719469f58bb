package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;

/** Receives the entries of a tar that is being written. */
interface TarEntryListener {
    TarEntryListener NONE = (path, node) -> {};

    /** Called before the header of an entry is written. */
    void entry(String path, TreeNode node) throws IOException;

    /** Called after the header of a file with content was written. */
    default void content() throws IOException {}

    /** Called before the end of the tar is written. */
    default void end() throws IOException {}
}
