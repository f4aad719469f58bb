/** Reads base images, and fetches those that are not available locally. */
@NullMarked
package io.sealos.oci.internal.build.base;

import org.jspecify.annotations.NullMarked;
