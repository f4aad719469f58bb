/** The syntax check of the command line that bash receives. */
@NullMarked
package io.sealos.kubefile.internal.shell;

import org.jspecify.annotations.NullMarked;
