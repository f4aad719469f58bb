/** Reads layouts back and recomputes everything; knows nothing of the writer. */
@NullMarked
package io.sealos.oci.internal.verify;

import org.jspecify.annotations.NullMarked;
