package io.sealos.oci.internal.build.resources;

import io.sealos.internal.files.UserDirectories;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.store.ContentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The resources of one build. Immutable.
 *
 * @param access how registries are reached
 * @param offline whether registries may not be asked
 * @param executor the caller's; empty: threads that end with the call
 * @param storeDirectory the caller's directory for the content store; empty: the cache directory of the user
 * @param context the context directory, which the store may not lie in
 * @param listener receives the events of the build
 */
public record BuildResources(
        AccessSettings access,
        boolean offline,
        Optional<Executor> executor,
        Optional<Path> storeDirectory,
        Optional<Path> context,
        BuildListener listener) {

    /** {@return the content store; an IOException where it would lie in the context directory} */
    public ContentStore store() throws IOException {
        Path directory = directory();
        if (context.isPresent()) {
            UserDirectories.requireOutside(context.get(), directory);
        }
        return new ContentStore(directory);
    }

    /** {@return the directory of the content store, which need not exist} */
    public Path directory() throws IOException {
        return storeDirectory.isPresent() ? storeDirectory.get() : UserDirectories.cache();
    }
}
