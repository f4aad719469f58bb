/** Documents that are attached to an image, such as signatures and bills of materials. */
@NullMarked
package io.sealos.oci.internal.trust.attach;

import org.jspecify.annotations.NullMarked;
