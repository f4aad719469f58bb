/** Image layouts and archives: documents, staging, publication. */
@NullMarked
package io.sealos.oci.internal.layout;

import org.jspecify.annotations.NullMarked;
