/** Signing images: keys and the forms of signatures. */
@NullMarked
package io.sealos.oci.internal.trust.sign;

import org.jspecify.annotations.NullMarked;
