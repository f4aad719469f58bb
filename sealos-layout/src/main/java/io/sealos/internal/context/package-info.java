/** The snapshot of a context directory that a build shares with the layout rules; exported to sealos-oci alone. */
@NullMarked
package io.sealos.internal.context;

import org.jspecify.annotations.NullMarked;
