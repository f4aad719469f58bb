package io.sealos.oci.internal.transport;

import java.util.Map;
import java.util.Optional;

/** Where a credential may come from. */
interface CredentialSource {
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
}
