/** The source text, with its bytes, lines, continuation lines and white space. */
@NullMarked
package io.sealos.kubefile.internal.source;

import org.jspecify.annotations.NullMarked;
