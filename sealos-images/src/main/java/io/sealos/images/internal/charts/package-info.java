/** Which charts of a context are rendered with which values, and the images they name. */
@NullMarked
package io.sealos.images.internal.charts;

import org.jspecify.annotations.NullMarked;
