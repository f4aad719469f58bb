package io.sealos.oci.internal.client;

import io.sealos.oci.RegistryCredential;
import io.sealos.oci.internal.credential.CredentialSource;
import io.sealos.oci.internal.credential.Credentials;
import io.sealos.oci.internal.http.HttpSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings with which registries are reached, as a {@code RegistryAccess} has collected them. Immutable.
 *
 * @param endpoints the addresses of registries
 * @param http the settings of single HTTP exchanges
 * @param given the caller's credentials, by host or by host and path
 * @param sources the caller's sources of credentials
 * @param loginFiles opens the login files as they are now; empty if they are not read
 * @param retries how often a request is repeated
 */
public record AccessSettings(
        Endpoints endpoints,
        HttpSettings http,
        Map<String, RegistryCredential> given,
        List<CredentialSource> sources,
        Optional<Supplier<CredentialSource>> loginFiles,
        int retries) {

    /** Copies the collections. */
    public AccessSettings {
        given = new LinkedHashMap<>(given);
        sources = List.copyOf(sources);
    }

    /** Returns the host and port of a registry, under which its blobs are remembered. */
    public String host(String registry) {
        return endpoints.of(registry).host();
    }

    /** Returns the credentials: first the caller's own, then those of the caller's sources, then the login files. */
    Credentials credentials() {
        List<CredentialSource> all = new ArrayList<>(List.of(CredentialSource.given(given)));
        all.addAll(sources);
        loginFiles.ifPresent(files -> all.add(files.get()));
        return new Credentials(all);
    }

    /** Returns a text that shows no secret. */
    @Override
    public String toString() {
        return "RegistryAccess[plainHttp=" + endpoints.plainHosts() + ", tls="
                + http.tls().keySet() + ", endpoints=" + endpoints.replaced() + ", mirrors=" + endpoints.mirrors()
                + ", credentialsFor=" + given.keySet() + "]";
    }
}
