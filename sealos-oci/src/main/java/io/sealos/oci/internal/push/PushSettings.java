package io.sealos.oci.internal.push;

import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.store.ContentStore;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How an image is pushed.
 *
 * @param store remembers which repositories have which blobs
 * @param access how the registry is reached
 * @param executor the caller's; empty: threads that end with the call
 * @param listener receives the events
 */
public record PushSettings(
        ContentStore store, AccessSettings access, Optional<Executor> executor, BuildListener listener) {}
