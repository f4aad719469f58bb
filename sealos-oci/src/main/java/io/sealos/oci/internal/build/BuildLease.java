package io.sealos.oci.internal.build;

import io.sealos.oci.internal.store.StoreLease;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * The lease of the content store during a build.
 *
 * @param store the lease; empty for a build that does not use the store
 */
public record BuildLease(Optional<StoreLease> store) implements Closeable {
    static final BuildLease NONE = new BuildLease(Optional.empty());

    /** Throws an exception if the lease was lost. */
    public void check() throws IOException {
        if (store.isPresent()) {
            store.get().check();
        }
    }

    @Override
    public void close() throws IOException {
        if (store.isPresent()) {
            store.get().close();
        }
    }
}
