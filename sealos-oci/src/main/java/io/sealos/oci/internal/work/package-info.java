/** Runs the work of a build on several threads, and ends it on failure or interruption. */
@NullMarked
package io.sealos.oci.internal.work;

import org.jspecify.annotations.NullMarked;
