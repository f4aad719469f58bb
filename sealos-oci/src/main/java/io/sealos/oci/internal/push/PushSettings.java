package io.sealos.oci.internal.push;

import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.store.ContentStore;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What an image is pushed with: what is remembered of earlier pushes, the way, threads, and who hears of it. */
public record PushSettings(
        ContentStore store, AccessSettings access, Optional<Executor> executor, PushListener listener) {}
