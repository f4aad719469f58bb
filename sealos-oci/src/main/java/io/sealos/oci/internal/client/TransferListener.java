package io.sealos.oci.internal.client;

import java.time.Duration;

/** Hears of requests that are repeated, from several threads. */
@FunctionalInterface
public interface TransferListener {
    TransferListener NONE = (image, host, reason, pause) -> {};

    /** After the pause the request is repeated. */
    void retrying(RemoteImage image, String host, String reason, Duration pause);
}
