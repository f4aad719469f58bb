/** Syntax check of the line of commands that bash gets. */
@NullMarked
package io.sealos.kubefile.internal.shell;

import org.jspecify.annotations.NullMarked;
