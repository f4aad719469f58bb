/** Manifests as text and as located trees, read within limits. */
@NullMarked
package io.sealos.images.internal.yaml;

import org.jspecify.annotations.NullMarked;
