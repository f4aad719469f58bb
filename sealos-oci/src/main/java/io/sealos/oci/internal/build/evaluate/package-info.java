/** Evaluates a build file for each platform, and translates it into the recipe that the OCI writer builds from. */
@NullMarked
package io.sealos.oci.internal.build.evaluate;

import org.jspecify.annotations.NullMarked;
