/** Trees of files, from which layers are created. */
@NullMarked
package io.sealos.oci.internal.tree;

import org.jspecify.annotations.NullMarked;
