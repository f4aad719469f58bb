/** The recipe from which the OCI writer builds an image, with stages, steps and a configuration. */
@NullMarked
package io.sealos.oci.internal.recipe;

import org.jspecify.annotations.NullMarked;
