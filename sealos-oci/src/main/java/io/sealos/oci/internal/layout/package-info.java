/** Writes OCI layouts and archives: documents, staging areas, publication. */
@NullMarked
package io.sealos.oci.internal.layout;

import org.jspecify.annotations.NullMarked;
