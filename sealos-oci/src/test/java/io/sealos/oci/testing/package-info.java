/**
 * Supports the tests of projects that build cluster images, with an in-process registry, its JUnit extension, and
 * AssertJ assertions.
 */
@NullMarked
package io.sealos.oci.testing;

import org.jspecify.annotations.NullMarked;
