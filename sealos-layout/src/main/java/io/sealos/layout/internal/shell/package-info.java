/** What can be told of a shell command without running it. */
@NullMarked
package io.sealos.layout.internal.shell;

import org.jspecify.annotations.NullMarked;
