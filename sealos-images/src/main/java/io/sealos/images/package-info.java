/** Image references: their grammar, and where manifests, charts and lists name them. */
@NullMarked
package io.sealos.images;

import org.jspecify.annotations.NullMarked;
