package io.sealos.oci.internal.credential;

import io.sealos.oci.CredentialProvider;
import io.sealos.oci.RegistryCredential;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A source of credentials that reports its problems instead of failing, since public images need no credential. */
public interface CredentialSource {
    /**
     * Finds the credential for a repository: that of the longest path this source knows.
     *
     * @param remarks takes the problems that may have hidden a credential, for the message of a refusal
     */
    Optional<RegistryCredential> find(RepositoryName repository, Consumer<String> remarks) throws InterruptedException;

    /** Returns a source of credentials that the caller has given by host, or by host and path. */
    static CredentialSource given(Map<String, RegistryCredential> credentials) {
        return (repository, remarks) -> repository.prefixes().stream()
                .filter(credentials::containsKey)
                .findFirst()
                .map(credentials::get);
    }

    /** Returns a source that asks a provider of the caller. */
    static CredentialSource of(CredentialProvider provider) {
        return (repository, remarks) -> {
            try {
                return provider.find(repository.host(), repository.path());
            } catch (IOException e) {
                remarks.accept("its credential cannot be found: " + e.getMessage());
                return Optional.empty();
            }
        };
    }
}
