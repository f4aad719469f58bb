/** Verifies layouts independently of the writer. */
@NullMarked
package io.sealos.oci.internal.verify;

import org.jspecify.annotations.NullMarked;
