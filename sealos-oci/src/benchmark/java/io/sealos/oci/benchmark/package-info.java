/** Measures whole builds against jib-core, buildah and the speed of the disk. */
@NullMarked
package io.sealos.oci.benchmark;

import org.jspecify.annotations.NullMarked;
