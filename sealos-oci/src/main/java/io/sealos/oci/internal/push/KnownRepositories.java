package io.sealos.oci.internal.push;

import io.sealos.images.Digest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.Notes;
import java.io.IOException;
import java.util.Optional;

/** Which repository of a registry has a blob, by earlier pushes and pulls: another one can take it from there. */
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
            // All that is lost is a way to spare bytes in another push.
            return;
        }
    }

    /** Another repository than the one that wants it. */
    Optional<String> other(Digest blob, String repository) {
        try {
            return notes.get(host + " " + blob).filter(known -> !known.equals(repository));
        } catch (IOException e) {
            // Then its bytes are sent.
            return Optional.empty();
        }
    }
}
