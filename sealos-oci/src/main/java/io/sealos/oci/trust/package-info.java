/** Documents about cluster images: signatures, bills of materials and provenance. */
@NullMarked
package io.sealos.oci.trust;

import org.jspecify.annotations.NullMarked;
