/** Saves the images that the application runs. */
@NullMarked
package io.sealos.oci.internal.build.save;

import org.jspecify.annotations.NullMarked;
