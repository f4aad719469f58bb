/** Media types and digests, which all packages of the OCI writer use. */
@NullMarked
package io.sealos.oci.internal;

import org.jspecify.annotations.NullMarked;
