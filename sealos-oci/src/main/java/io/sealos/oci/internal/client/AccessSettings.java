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
 * The settings of a {@code RegistryAccess}. Immutable.
 *
 * @param endpoints the addresses of registries
 * @param http the settings of single HTTP exchanges
 * @param given the credentials of the caller, by host or by host and path
 * @param sources the credential sources of the caller
 * @param loginFiles opens the current login files; empty if they are not read
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

    /** Returns the host and port of a registry, under which the repositories of its blobs are recorded. */
    public String host(String registry) {
        return endpoints.of(registry).host();
    }

    /** Returns the credentials: first those of the caller, then those of the sources, then those of the login files. */
    Credentials credentials() {
        List<CredentialSource> all = new ArrayList<>(List.of(CredentialSource.given(given)));
        all.addAll(sources);
        loginFiles.ifPresent(files -> all.add(files.get()));
        return new Credentials(all);
    }

    /** Returns a description without secrets. */
    @Override
    public String toString() {
        return "RegistryAccess[plainHttp=" + endpoints.plainHosts() + ", tls="
                + http.tls().keySet() + ", endpoints=" + endpoints.replaced() + ", mirrors=" + endpoints.mirrors()
                + ", credentialsFor=" + given.keySet() + "]";
    }
}
