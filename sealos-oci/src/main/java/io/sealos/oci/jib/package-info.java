/** The bridge to Jib: images of Java applications go into cluster images without a registry or a daemon between. */
@NullMarked
package io.sealos.oci.jib;

import org.jspecify.annotations.NullMarked;
