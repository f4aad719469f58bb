/** The state of a shell: variables, files, directory and output, and what is not known of them. */
@NullMarked
package io.sealos.images.internal.shell.state;

import org.jspecify.annotations.NullMarked;
