@NullMarked
package io.sealos.oci.trust;

import org.jspecify.annotations.NullMarked;
