/** The files that a delta image has in addition to those of the full image. */
@NullMarked
package io.sealos.oci.internal.delta;

import org.jspecify.annotations.NullMarked;
