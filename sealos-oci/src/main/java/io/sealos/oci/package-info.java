/** Cluster images: planned, built, written to layouts and archives, and verified. */
@NullMarked
package io.sealos.oci;

import org.jspecify.annotations.NullMarked;
