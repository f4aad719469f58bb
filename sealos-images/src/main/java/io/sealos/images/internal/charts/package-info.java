/** Renders the charts of a context directory with their values, and finds the images that they name. */
@NullMarked
package io.sealos.images.internal.charts;

import org.jspecify.annotations.NullMarked;
