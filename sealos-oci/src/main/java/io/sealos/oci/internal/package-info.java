/** Basics of the OCI writer: media types, locks, file trees. */
@NullMarked
package io.sealos.oci.internal;

import org.jspecify.annotations.NullMarked;
