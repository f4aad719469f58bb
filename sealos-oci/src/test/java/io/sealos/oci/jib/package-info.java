/** Tests of the bridge to Jib, with Jib itself as the peer. */
@NullMarked
package io.sealos.oci.jib;

import org.jspecify.annotations.NullMarked;
