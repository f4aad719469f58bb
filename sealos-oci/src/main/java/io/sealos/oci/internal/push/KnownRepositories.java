package io.sealos.oci.internal.push;

import io.sealos.images.Digest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.Notes;
import java.io.IOException;
import java.util.Optional;

/**
 * Records which repositories of a registry have a blob, from earlier pushes and fetches. Other repositories can mount
 * the blob from there.
 */
public final class KnownRepositories {
    private final Notes notes;
    private final String host;

    public KnownRepositories(ContentStore store, String host) {
        this.notes = new Notes(store, "repositories");
        this.host = host;
    }

    public void remember(Digest blob, String repository) {
        try {
            notes.put(host + " " + blob, repository);
        } catch (IOException e) {
            // Without the record, a later push may send bytes unnecessarily.
            return;
        }
    }

    /** {@return another repository that has the blob; empty if none is known} */
    Optional<String> other(Digest blob, String repository) {
        try {
            return notes.get(host + " " + blob).filter(known -> !known.equals(repository));
        } catch (IOException e) {
            // Without a record, the blob is sent.
            return Optional.empty();
        }
    }
}
