/** Reads manifests, as text and as trees of nodes with places, within limits. */
@NullMarked
package io.sealos.images.internal.yaml;

import org.jspecify.annotations.NullMarked;
