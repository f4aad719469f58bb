package io.sealos.oci;

import java.io.IOException;
import java.util.Optional;

/**
 * Provides credentials for registries from a place of the caller's own, such as a vault. Implementations need not be
 * thread-safe: a provider is called from any thread, but by one client never from two threads at the same time.
 *
 * @see RegistryAccess.Builder#credentials(CredentialProvider)
 */
@FunctionalInterface
public interface CredentialProvider {
    /**
     * Finds the credential for a repository. Called at most once for each repository by each operation, such as saving
     * the images of a build or pushing an image.
     *
     * @param host the registry's host, with its port if it has one, such as {@code docker.io}
     * @param repository the path of the repository, such as {@code library/nginx}
     * @return the credential; empty if this provider has none
     * @throws IOException if the provider fails; the registry is then asked without a credential, and if it requires
     *     one, the message of the failed request includes that of this exception
     */
    Optional<RegistryCredential> find(String host, String repository) throws IOException;
}
