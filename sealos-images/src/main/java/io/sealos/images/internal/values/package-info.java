/** Reads and merges the values that the caller gives to a chart, with the grammar and precedence of Helm. */
@NullMarked
package io.sealos.images.internal.values;

import org.jspecify.annotations.NullMarked;
