/** Integrates Jib, which builds images of Java applications, with cluster images. */
@NullMarked
package io.sealos.oci.jib;

import org.jspecify.annotations.NullMarked;
