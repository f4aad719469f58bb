package io.sealos.oci.internal.transport;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where a credential may come from. */
public interface CredentialSource {
    /** A source of the caller's own, by host and path. */
    interface Lookup {
        Optional<Credential> find(String host, String path) throws IOException;
    }

    /** The credential for a repository, which has the most exact name that this source knows. */
    Optional<Credential> find(RepositoryName repository) throws TransferException, InterruptedException;

    /** What keeps this source from knowing more, for the message of a refusal; empty where nothing does. */
    default String remark() {
        return "";
    }

    /** The caller's own, by host or by host and path. */
    static CredentialSource given(Map<String, Credential> credentials) {
        return repository -> repository.prefixes().stream()
                .filter(credentials::containsKey)
                .findFirst()
                .map(credentials::get);
    }

    static CredentialSource of(Lookup lookup) {
        return repository -> {
            try {
                return lookup.find(repository.host(), repository.path());
            } catch (IOException e) {
                throw new TransferException(
                        repository.toString(), "", 0, "its credential cannot be found: " + e.getMessage(), "", e);
            }
        };
    }
}
