package io.sealos.oci.internal.transport;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The credentials that one client uses, each looked up once, in the order of their sources. Thread-safe. */
final class Credentials {
    private final List<CredentialSource> sources;
    private final Map<RepositoryName, Optional<Credential>> known = new HashMap<>();

    Credentials(List<CredentialSource> sources) {
        this.sources = List.copyOf(sources);
    }

    synchronized Optional<Credential> find(RepositoryName repository) throws TransferException, InterruptedException {
        Optional<Credential> found = known.get(repository);
        if (found == null) {
            found = search(repository);
            known.put(repository, found);
        }
        return found;
    }

    private Optional<Credential> search(RepositoryName repository) throws TransferException, InterruptedException {
        for (CredentialSource source : sources) {
            Optional<Credential> found = source.find(repository);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    synchronized String remarks() {
        return sources.stream()
                .map(CredentialSource::remark)
                .filter(remark -> !remark.isEmpty())
                .map(remark -> " (" + remark + ")")
                .collect(Collectors.joining());
    }
}
