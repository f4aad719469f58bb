/** Runs the commands of container engines. */
@NullMarked
package io.sealos.oci.internal.daemon;

import org.jspecify.annotations.NullMarked;
