/** Writes the bill of materials and the provenance of a cluster image. */
@NullMarked
package io.sealos.oci.internal.build.bill;

import org.jspecify.annotations.NullMarked;
