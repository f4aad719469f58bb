/** Executes the steps of a build, from the settings of a builder to the request that a target writes. */
@NullMarked
package io.sealos.oci.internal.build;

import org.jspecify.annotations.NullMarked;
