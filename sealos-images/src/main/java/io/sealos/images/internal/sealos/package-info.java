/** Determines the images that sealos itself extracts, including its mistakes, for comparison. */
@NullMarked
package io.sealos.images.internal.sealos;

import org.jspecify.annotations.NullMarked;
