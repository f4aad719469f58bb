/**
 * Container images of an application: references, the scan of a context directory for them, charts and their values,
 * and locks. {@link io.sealos.images.ImageScanner} is the entry.
 */
@NullMarked
package io.sealos.images;

import org.jspecify.annotations.NullMarked;
