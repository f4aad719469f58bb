/** The syntax tree of a shell script, and its parser. */
@NullMarked
package io.sealos.images.internal.shell.syntax;

import org.jspecify.annotations.NullMarked;
