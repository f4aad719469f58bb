package io.sealos.oci.internal.push;

import io.sealos.images.Digest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.Notes;
import java.io.IOException;
import java.util.Optional;

/** The repositories of a registry that have a blob, from earlier pushes and fetches; others can mount it from there. */
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
            // Without the note, another push may send bytes that it could have spared.
            return;
        }
    }

    /** {@return another repository that has the blob} */
    Optional<String> other(Digest blob, String repository) {
        try {
            return notes.get(host + " " + blob).filter(known -> !known.equals(repository));
        } catch (IOException e) {
            // Its bytes are sent.
            return Optional.empty();
        }
    }
}
