/** Counts what is done in the phases of a build, for its listener. */
@NullMarked
package io.sealos.oci.internal.progress;

import org.jspecify.annotations.NullMarked;
