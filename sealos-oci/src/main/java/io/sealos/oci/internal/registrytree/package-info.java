/** The {@code registry/} directory: saved images as files, laid out as a distribution registry stores them. */
@NullMarked
package io.sealos.oci.internal.registrytree;

import org.jspecify.annotations.NullMarked;
