/** Creates full images again from delta images and their bases. */
@NullMarked
package io.sealos.oci.internal.combine;

import org.jspecify.annotations.NullMarked;
