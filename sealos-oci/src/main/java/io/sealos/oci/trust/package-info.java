/** Signatures and other documents that are attached to cluster images. */
@NullMarked
package io.sealos.oci.trust;

import org.jspecify.annotations.NullMarked;
