/**
 * Cluster images: planned, built, written to layouts, archives, registries and container engines, read back, and
 * verified. Begin with {@link io.sealos.oci.ClusterImage#builder()}.
 *
 * <p>Sizes are in bytes. Arguments must not be null, nor are results; what may be missing is an
 * {@link java.util.Optional}. Collections that are returned cannot be changed.
 */
@NullMarked
package io.sealos.oci;

import org.jspecify.annotations.NullMarked;
