package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.oci.internal.source.BlobListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The configurations that were fetched while images were resolved, before their blobs are announced. They are reported
 * with the other blobs. Thread-safe.
 */
final class EarlyBlobs {
    private final Map<Digest, String> hosts = new ConcurrentHashMap<>();

    /** {@return the host that served a blob; empty if it was not fetched while images were resolved} */
    Optional<String> host(Digest blob) {
        return Optional.ofNullable(hosts.get(blob));
    }

    /** {@return a listener that records the host of a blob} */
    BlobListener listener(Digest blob) {
        return new Recording(blob);
    }

    private final class Recording implements BlobListener {
        private final Digest blob;
        private volatile String host = "";

        Recording(Digest blob) {
            this.blob = blob;
        }

        @Override
        public void started(String from) {
            host = from;
        }

        @Override
        public void received(long bytes) {
            // Configurations are small.
        }

        @Override
        public void restarted() {
            // Only complete blobs are recorded.
        }

        @Override
        public void finished() {
            hosts.put(blob, host);
        }

        @Override
        public void reused() {
            // The store has it from an earlier build, or it is recorded already.
        }
    }
}
