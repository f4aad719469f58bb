/** Finds image references in manifests, with one finder for each kind of place. */
@NullMarked
package io.sealos.images.internal.finder;

import org.jspecify.annotations.NullMarked;
