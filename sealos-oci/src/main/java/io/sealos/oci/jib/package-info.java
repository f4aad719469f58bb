/** The bridge to Jib, which builds images of Java applications into cluster images. */
@NullMarked
package io.sealos.oci.jib;

import org.jspecify.annotations.NullMarked;
