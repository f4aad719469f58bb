/** Writes layers, in one pass from a tree of files to a tar, its digests and its blob. */
@NullMarked
package io.sealos.oci.internal.layer;

import org.jspecify.annotations.NullMarked;
