package io.sealos.oci.internal.client;

import java.time.Duration;

/** Listens to repeated requests; called from several threads. */
@FunctionalInterface
public interface TransferListener {
    TransferListener NONE = (image, host, reason, pause) -> {};

    /** Called before the pause after which a request is repeated. */
    void retrying(RemoteImage image, String host, String reason, Duration pause);
}
