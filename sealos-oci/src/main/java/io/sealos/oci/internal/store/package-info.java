/** The content store: blobs under their digests, shared by builds and processes. */
@NullMarked
package io.sealos.oci.internal.store;

import org.jspecify.annotations.NullMarked;
