/** How documents of this module are written as JSON. */
@NullMarked
package io.sealos.images.internal.json;

import org.jspecify.annotations.NullMarked;
