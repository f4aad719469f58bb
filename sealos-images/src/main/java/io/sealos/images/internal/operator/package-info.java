/** Facts about operators: which images they start that no manifest names. */
@NullMarked
package io.sealos.images.internal.operator;

import org.jspecify.annotations.NullMarked;
