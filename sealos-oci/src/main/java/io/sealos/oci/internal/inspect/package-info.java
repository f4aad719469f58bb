/** Reads images back from layouts, archives and registries, and checks the images inside. */
@NullMarked
package io.sealos.oci.internal.inspect;

import org.jspecify.annotations.NullMarked;
