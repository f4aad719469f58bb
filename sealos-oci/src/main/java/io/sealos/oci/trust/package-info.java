/** Documents about cluster images for auditors: bills of materials, provenance and signatures. */
@NullMarked
package io.sealos.oci.trust;

import org.jspecify.annotations.NullMarked;
