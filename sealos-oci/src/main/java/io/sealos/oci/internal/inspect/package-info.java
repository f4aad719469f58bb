/** Looks into images that are stored in layouts and archives. */
@NullMarked
package io.sealos.oci.internal.inspect;

import org.jspecify.annotations.NullMarked;
