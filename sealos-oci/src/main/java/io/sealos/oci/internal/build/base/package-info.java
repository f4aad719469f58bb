/** Reads base images, and fetches those that are not at hand. */
@NullMarked
package io.sealos.oci.internal.build.base;

import org.jspecify.annotations.NullMarked;
