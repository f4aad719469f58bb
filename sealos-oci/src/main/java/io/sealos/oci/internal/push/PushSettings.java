package io.sealos.oci.internal.push;

import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.store.ContentStore;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The settings for a push.
 *
 * @param store the store, which records the repositories of blobs
 * @param access the settings for access to the registry
 * @param executor the executor of the caller; empty for threads that end with the call
 * @param listener the listener for the events of the build
 */
public record PushSettings(
        ContentStore store, AccessSettings access, Optional<Executor> executor, BuildListener listener) {}
