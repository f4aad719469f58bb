/** Where image references stand in a manifest: one small finder for each kind of place. */
@NullMarked
package io.sealos.images.internal.finder;

import org.jspecify.annotations.NullMarked;
