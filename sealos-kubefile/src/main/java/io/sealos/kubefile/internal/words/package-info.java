/** The words of instructions: splitting, quoting, expansion of variables, and forms of values. */
@NullMarked
package io.sealos.kubefile.internal.words;

import org.jspecify.annotations.NullMarked;
