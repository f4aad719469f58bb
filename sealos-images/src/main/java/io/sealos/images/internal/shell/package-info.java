/** Interprets shell scripts along all their paths without running anything. */
@NullMarked
package io.sealos.images.internal.shell;

import org.jspecify.annotations.NullMarked;
