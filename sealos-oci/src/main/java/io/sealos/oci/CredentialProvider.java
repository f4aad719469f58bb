package io.sealos.oci;

import java.io.IOException;
import java.util.Optional;

/**
 * Provides credentials for registries from a source of the caller, such as a vault. Implementations must be
 * thread-safe, because a provider may be called from any thread.
 *
 * @see RegistryAccess.Builder#credentials(CredentialProvider)
 * @since 0.1.0
 */
@FunctionalInterface
public interface CredentialProvider {
    /**
     * Finds the credential for a repository. Each operation, such as saving the images of a build or pushing an image,
     * calls this method at most once for each repository.
     *
     * @param host the host of the registry, with its port if it has one, such as {@code docker.io}
     * @param repository the path of the repository, such as {@code library/nginx}
     * @return the credential; empty if this provider has none
     * @throws IOException if the provider fails. The request is then sent without a credential. If the registry
     *     requires one, the message of the failure includes the message of this exception
     */
    Optional<RegistryCredential> find(String host, String repository) throws IOException;
}
