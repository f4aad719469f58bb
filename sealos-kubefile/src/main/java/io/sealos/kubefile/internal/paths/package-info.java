/** Paths in an image, and symbolic links that stay inside a context. */
@NullMarked
package io.sealos.kubefile.internal.paths;

import org.jspecify.annotations.NullMarked;
