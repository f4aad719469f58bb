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
     * Finds the credential with the longest path that matches a repository.
     *
     * @param remarks receives the problems that may have hidden a credential, for the message about a refused request
     */
    Optional<RegistryCredential> find(RepositoryName repository, Consumer<String> remarks) throws InterruptedException;

    /** Returns a source of the given credentials, by host or by host and path. */
    static CredentialSource given(Map<String, RegistryCredential> credentials) {
        return (repository, remarks) -> repository.prefixes().stream()
                .filter(credentials::containsKey)
                .findFirst()
                .map(credentials::get);
    }

    /** Returns a source that calls a provider. */
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
