/** The images that sealos itself extracts, with its mistakes, for comparison. */
@NullMarked
package io.sealos.images.internal.sealos;

import org.jspecify.annotations.NullMarked;
