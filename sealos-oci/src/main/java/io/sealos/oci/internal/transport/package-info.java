/** A thin HTTP client for registries: bytes as served, every digest compared, no secret to another host. */
@NullMarked
package io.sealos.oci.internal.transport;

import org.jspecify.annotations.NullMarked;
