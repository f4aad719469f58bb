package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.oci.internal.source.BlobListener;
import io.sealos.oci.internal.source.ImageFetcher;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The configurations that were fetched while images were resolved, before their blobs are announced. They are reported
 * with the other blobs. Thread-safe.
 */
final class EarlyBlobs {
    private final Map<Digest, String> hosts = new ConcurrentHashMap<>();
    private final Map<Digest, Lock> locks = new ConcurrentHashMap<>();

    /** {@return the host that served a blob; empty if it was not fetched while images were resolved} */
    Optional<String> host(Digest blob) {
        return Optional.ofNullable(hosts.get(blob));
    }

    /**
     * Fetches a blob into the store. Images that have it in common fetch it one after the other, so the second finds it
     * in the store, unless the first could not fetch it.
     */
    void fetch(Digest blob, long size, ImageFetcher fetcher) throws IOException, InterruptedException {
        Lock alone = locks.computeIfAbsent(blob, added -> new ReentrantLock());
        alone.lockInterruptibly();
        try {
            fetcher.fetch(blob, size, new Recording(blob));
        } finally {
            alone.unlock();
        }
    }

    private final class Recording implements BlobListener {
        private final Digest blob;
        private volatile String host = "";

        Recording(Digest blob) {
            this.blob = blob;
        }

        @Override
        public void awaited(long bytes) {
            // Configurations are small.
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
