package io.sealos.oci;

import java.io.IOException;
import java.util.Optional;

/**
 * A source of credentials of the caller's own, such as a vault.
 *
 * @see RegistryAccess.Builder#credentials(RegistryCredentials)
 */
@FunctionalInterface
public interface RegistryCredentials {
    /**
     * {@return the credential, or nothing where this source has none} Asked once for each repository in a build, one at
     * a time, by any thread.
     *
     * @param host the registry's host, with its port where it has one, such as {@code docker.io}
     * @param repository the path of the repository there, such as {@code library/nginx}
     * @throws IOException if the source fails; the registry is then asked without a credential, and where it wants one
     *     the message says why there is none
     */
    Optional<RegistryCredential> find(String host, String repository) throws IOException;
}
