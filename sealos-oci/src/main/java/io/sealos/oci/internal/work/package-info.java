/** Executes the work of a build on several threads, and ends it on a failure or an interrupt. */
@NullMarked
package io.sealos.oci.internal.work;

import org.jspecify.annotations.NullMarked;
