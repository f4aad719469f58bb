package io.sealos.oci.internal.build.resources;

import io.sealos.internal.files.UserDirectories;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.trust.policy.SignatureRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The resources of one build. Immutable.
 *
 * @param access the settings for access to registries
 * @param offline whether the network must not be used
 * @param signatures the rules for the signatures of images
 * @param executor the executor of the caller; empty for threads that end with the call
 * @param storeDirectory the directory of the content store; empty for the cache directory of the user
 * @param context the context directory, which must not contain the store
 * @param listener the listener for the events of the build
 */
public record BuildResources(
        AccessSettings access,
        boolean offline,
        SignatureRules signatures,
        Optional<Executor> executor,
        Optional<Path> storeDirectory,
        Optional<Path> context,
        BuildListener listener) {

    /**
     * {@return the content store}
     *
     * @throws IOException if it would be in the context directory, or cannot be opened
     */
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
