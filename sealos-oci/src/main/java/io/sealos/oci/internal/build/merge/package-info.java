/** Merges finished images. */
@NullMarked
package io.sealos.oci.internal.build.merge;

import org.jspecify.annotations.NullMarked;
