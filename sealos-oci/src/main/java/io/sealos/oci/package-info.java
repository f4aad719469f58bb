/**
 * Builds cluster images, writes them to layouts, archives, registries and container engines, reads them back, and
 * verifies them. The entry point is {@link io.sealos.oci.ClusterImage#builder()}.
 *
 * <p>Sizes are in bytes. Neither arguments nor results are null; a result that may be missing is an
 * {@link java.util.Optional}. Returned collections cannot be modified.
 */
@NullMarked
package io.sealos.oci;

import org.jspecify.annotations.NullMarked;
