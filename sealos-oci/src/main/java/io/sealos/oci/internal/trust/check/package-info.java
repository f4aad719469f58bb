/** Checking the signatures of images with public keys. */
@NullMarked
package io.sealos.oci.internal.trust.check;

import org.jspecify.annotations.NullMarked;
