/** Executes single HTTP exchanges, with TLS, proxies, content encodings, an idle timeout and a minimum rate. */
@NullMarked
package io.sealos.oci.internal.http;

import org.jspecify.annotations.NullMarked;
