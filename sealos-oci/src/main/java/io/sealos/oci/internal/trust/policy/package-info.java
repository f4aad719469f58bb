/** The signatures that images must have before they are saved. */
@NullMarked
package io.sealos.oci.internal.trust.policy;

import org.jspecify.annotations.NullMarked;
