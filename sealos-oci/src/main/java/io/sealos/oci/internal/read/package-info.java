/** Reads what others wrote, within limits: documents, compressed streams, tars. */
@NullMarked
package io.sealos.oci.internal.read;

import org.jspecify.annotations.NullMarked;
