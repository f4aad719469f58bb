/** Writes OCI layouts and archives. */
@NullMarked
package io.sealos.oci.internal.layout;

import org.jspecify.annotations.NullMarked;
