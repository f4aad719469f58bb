/** The values that the caller gives to a chart: Helm's grammar, Helm's precedence, one tree. */
@NullMarked
package io.sealos.images.internal.values;

import org.jspecify.annotations.NullMarked;
