/** Expansion of words: parameters, arithmetic, braces and patterns of file names. */
@NullMarked
package io.sealos.images.internal.shell.expand;

import org.jspecify.annotations.NullMarked;
