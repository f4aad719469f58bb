/** Walks of files and streams that feed the finders. */
@NullMarked
package io.sealos.images.internal.scan;

import org.jspecify.annotations.NullMarked;
