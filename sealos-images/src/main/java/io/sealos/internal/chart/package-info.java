/** The metadata of charts. */
@NullMarked
package io.sealos.internal.chart;

import org.jspecify.annotations.NullMarked;
