/** Source text: its bytes, lines, continuations and white space. */
@NullMarked
package io.sealos.kubefile.internal.source;

import org.jspecify.annotations.NullMarked;
