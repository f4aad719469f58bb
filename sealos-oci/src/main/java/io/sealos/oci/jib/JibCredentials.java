package io.sealos.oci.jib;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.sealos.oci.CredentialProvider;
import io.sealos.oci.RegistryCredential;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Adapts the credential retrievers of Jib to {@link CredentialProvider}. The providers are thread-safe if the
 * retrievers are.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // A program that uses this package requires Jib itself.
public final class JibCredentials {
    private JibCredentials() {}

    /**
     * {@return a provider that returns the credential of the first retriever that has one, for the images of one
     * registry}
     *
     * @param registry the host of the registry, such as {@code docker.io}; the retrievers are not called for other
     *     registries
     * @param retrievers the retrievers, in the order in which they are called
     */
    public static CredentialProvider of(String registry, CredentialRetriever... retrievers) {
        List<CredentialRetriever> chain = List.of(retrievers);
        return (host, repository) -> host.equals(registry) ? first(chain) : Optional.empty();
    }

    /**
     * {@return a provider of the credentials that Jib finds for registries of cloud providers: those of their
     * credential helpers on the PATH, and Google's application default credentials}
     */
    public static CredentialProvider ofClouds() {
        return (host, repository) -> {
            CredentialRetrieverFactory factory =
                    CredentialRetrieverFactory.forImage(ImageReference.of(host, repository, null), event -> {});
            return first(List.of(factory.wellKnownCredentialHelpers(), factory.googleApplicationDefaultCredentials()));
        };
    }

    private static Optional<RegistryCredential> first(List<CredentialRetriever> retrievers) throws IOException {
        for (CredentialRetriever retriever : retrievers) {
            Optional<Credential> found = retrieve(retriever);
            if (found.isPresent()) {
                return found.map(JibCredentials::translated);
            }
        }
        return Optional.empty();
    }

    private static Optional<Credential> retrieve(CredentialRetriever retriever) throws IOException {
        try {
            return retriever.retrieve();
        } catch (CredentialRetrievalException e) {
            throw new IOException("Jib could not get a credential: " + e.getMessage(), e);
        }
    }

    private static RegistryCredential translated(Credential credential) {
        return credential.isOAuth2RefreshToken()
                ? RegistryCredential.identityToken(credential.getPassword())
                : RegistryCredential.of(credential.getUsername(), credential.getPassword());
    }
}
