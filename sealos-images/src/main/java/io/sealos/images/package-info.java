/**
 * Finds the container images of an application in a context directory. The package contains image references, the
 * scanner and its results, the rendering of charts, and image locks. {@link io.sealos.images.ImageScanner} is the entry
 * point.
 */
@NullMarked
package io.sealos.images;

import org.jspecify.annotations.NullMarked;
