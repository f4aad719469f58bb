@NullMarked
package io.sealos.oci.jib;

import org.jspecify.annotations.NullMarked;
