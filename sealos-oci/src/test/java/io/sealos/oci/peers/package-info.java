/** Replaces or starts real peers: servers on the loopback address, certificates and commands. */
@NullMarked
package io.sealos.oci.peers;

import org.jspecify.annotations.NullMarked;
