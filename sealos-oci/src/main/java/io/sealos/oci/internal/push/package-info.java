/** Pushes a finished image to a registry: blobs first, then manifests, then tags. */
@NullMarked
package io.sealos.oci.internal.push;

import org.jspecify.annotations.NullMarked;
