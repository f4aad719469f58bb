package io.sealos.oci.internal.transport;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The credentials that one client uses, each looked up once, in the order of their sources. Thread-safe. */
final class Credentials {
    private final List<CredentialSource> sources;
    private final Map<RepositoryName, Found> known = new HashMap<>();

    Credentials(List<CredentialSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** A credential, and what kept sources from having one: for a message, in brackets, or empty. */
    record Found(Optional<Credential> credential, String remarks) {}

    synchronized Found find(RepositoryName repository) throws InterruptedException {
        Found found = known.get(repository);
        if (found == null) {
            found = search(repository);
            known.put(repository, found);
        }
        return found;
    }

    private Found search(RepositoryName repository) throws InterruptedException {
        Set<String> remarks = new LinkedHashSet<>();
        for (CredentialSource source : sources) {
            Optional<Credential> found = source.find(repository, remarks::add);
            if (found.isPresent()) {
                return new Found(found, "");
            }
        }
        return new Found(Optional.empty(), remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")");
    }
}
