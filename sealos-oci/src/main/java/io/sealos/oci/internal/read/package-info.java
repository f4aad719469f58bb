/** Reads untrusted documents, compressed streams and tars, within limits. */
@NullMarked
package io.sealos.oci.internal.read;

import org.jspecify.annotations.NullMarked;
