/** Trees of files that layers are made from. */
@NullMarked
package io.sealos.oci.internal.tree;

import org.jspecify.annotations.NullMarked;
