/**
 * Lays out saved images as the files of {@code registry/}, in the form in which a distribution registry stores them.
 */
@NullMarked
package io.sealos.oci.internal.registrytree;

import org.jspecify.annotations.NullMarked;
