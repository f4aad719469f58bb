package io.sealos.oci.internal.store;

import io.sealos.images.Digest;
import java.io.IOException;
import java.util.Optional;

/** Records the digests that tags had when they were last resolved, for builds without the network. */
public final class KnownTags {
    private final Notes notes;

    public KnownTags(ContentStore store) {
        this.notes = new Notes(store, "tags");
    }

    public void remember(String name, Digest digest) throws IOException {
        notes.put(name, digest.toString());
    }

    public Optional<Digest> digest(String name) throws IOException {
        return notes.get(name).map(Digest::parse);
    }
}
