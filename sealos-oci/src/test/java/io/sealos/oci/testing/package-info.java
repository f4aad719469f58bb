/** What tests and the runnable example stand on: a registry in this process. */
@NullMarked
package io.sealos.oci.testing;

import org.jspecify.annotations.NullMarked;
