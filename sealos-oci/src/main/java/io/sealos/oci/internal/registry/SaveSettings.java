package io.sealos.oci.internal.registry;

import io.sealos.oci.internal.transport.AccessSettings;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What images are saved with: the store, the files of local origins, the way to registries unless offline, threads, and
 * who hears of it.
 */
public record SaveSettings(
        ContentStore store,
        OpenOrigins origins,
        AccessSettings access,
        boolean offline,
        Optional<Executor> executor,
        SaveListener listener) {}
