/** A read-only file system that lays files of a program over a directory; for the modules of this library only. */
@NullMarked
package io.sealos.internal.overlay;

import org.jspecify.annotations.NullMarked;
