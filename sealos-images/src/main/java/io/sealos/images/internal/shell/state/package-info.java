/** The state of a shell: its variables, files, directory and output, with their unknown parts. */
@NullMarked
package io.sealos.images.internal.shell.state;

import org.jspecify.annotations.NullMarked;
