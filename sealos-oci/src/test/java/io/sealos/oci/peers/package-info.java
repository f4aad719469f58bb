/** What stands in for real peers, or starts them: servers on the loopback address, certificates, commands. */
@NullMarked
package io.sealos.oci.peers;

import org.jspecify.annotations.NullMarked;
