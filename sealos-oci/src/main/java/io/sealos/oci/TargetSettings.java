package io.sealos.oci;

import io.sealos.internal.files.UserDirectories;
import io.sealos.oci.internal.store.ContentStore;
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
        Optional<Path> storeDirectory,
        Optional<Path> context,
        BuildListener listener) {
    static final TargetSettings DEFAULT = new TargetSettings(
            RegistryAccess.defaults(), false, Optional.empty(), Optional.empty(), Optional.empty(), BuildListener.NONE);

    ContentStore store() throws IOException {
        Path directory = directory(storeDirectory.orElse(null));
        if (context.isPresent()) {
            UserDirectories.requireOutside(context.get(), directory);
        }
        return new ContentStore(directory);
    }

    /** The directory of the store; it need not be there. */
    static Path directory(@Nullable Path chosen) throws IOException {
        return chosen != null ? chosen : UserDirectories.cache();
    }
}
