/** Images saved: fetched into a content store and laid out as a distribution registry stores them. */
@NullMarked
package io.sealos.oci.internal.registry;

import org.jspecify.annotations.NullMarked;
