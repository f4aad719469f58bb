package io.sealos.oci.internal.transport;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a credential may come from. */
public interface CredentialSource {
    /** A source of the caller's own, by host and path. */
    interface Lookup {
        Optional<Credential> find(String host, String path) throws IOException;
    }

    /**
     * The credential for a repository, which has the most exact name that this source knows. What keeps the source from
     * knowing more is a remark, for the message of a refusal: public images need no credential.
     */
    Optional<Credential> find(RepositoryName repository, Consumer<String> remarks) throws InterruptedException;

    /** The caller's own, by host or by host and path. */
    static CredentialSource given(Map<String, Credential> credentials) {
        return (repository, remarks) -> repository.prefixes().stream()
                .filter(credentials::containsKey)
                .findFirst()
                .map(credentials::get);
    }

    static CredentialSource of(Lookup lookup) {
        return (repository, remarks) -> {
            try {
                return lookup.find(repository.host(), repository.path());
            } catch (IOException e) {
                remarks.accept("its credential cannot be found: " + e.getMessage());
                return Optional.empty();
            }
        };
    }
}
