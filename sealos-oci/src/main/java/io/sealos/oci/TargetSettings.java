package io.sealos.oci;

import io.sealos.oci.internal.registry.ContentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a build lends to a target that is not on the disk: the way to registries, threads, a store, a listener. */
record TargetSettings(
        RegistryAccess access,
        boolean offline,
        Optional<Executor> executor,
        Optional<Path> storeFolder,
        BuildListener listener) {
    static final TargetSettings DEFAULT = new TargetSettings(
            RegistryAccess.defaults(), false, Optional.empty(), Optional.empty(), BuildListener.NONE);

    ContentStore store() throws IOException {
        return new ContentStore(folder(storeFolder.orElse(null)));
    }

    /** The folder of the store; it need not be there. */
    static Path folder(@Nullable Path chosen) {
        return chosen != null
                ? chosen
                : ContentStore.userFolder(System.getenv(), Path.of(System.getProperty("user.home")));
    }
}
