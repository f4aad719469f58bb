/**
 * Integrates Jib, which builds images of Java applications, with cluster images. It needs the optional dependency
 * {@code com.google.cloud.tools:jib-core}.
 */
@NullMarked
package io.sealos.oci.jib;

import org.jspecify.annotations.NullMarked;
