/** The recipe of an image, from which the OCI writer builds: stages, steps, configuration. */
@NullMarked
package io.sealos.oci.internal.recipe;

import org.jspecify.annotations.NullMarked;
