/** For tests, of other projects too: a registry in this process, its JUnit extension, and assertions. */
@NullMarked
package io.sealos.oci.testing;

import org.jspecify.annotations.NullMarked;
