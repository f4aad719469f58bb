/** Single HTTP exchanges: TLS, proxies, content encodings, limits of silence and slowness. */
@NullMarked
package io.sealos.oci.internal.http;

import org.jspecify.annotations.NullMarked;
