package io.sealos.oci.internal.transport;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How registries are reached: addresses, credentials, limits. Immutable; its text shows no secret. */
public final class AccessSettings {
    private static final String DOCKER_HUB = "docker.io";

    private final Set<String> plainHosts;
    private final Map<String, URI> endpoints;
    private final Map<String, Credential> credentials;
    final Optional<AuthFiles> authFiles;
    final Duration connectTimeout;
    final Duration stallTimeout;
    final int retries;

    private AccessSettings(Builder builder) {
        plainHosts = Collections.unmodifiableSet(new LinkedHashSet<>(builder.plainHosts));
        endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(builder.endpoints));
        credentials = Collections.unmodifiableMap(new LinkedHashMap<>(builder.credentials));
        authFiles = builder.authFiles;
        connectTimeout = builder.connectTimeout;
        stallTimeout = builder.stallTimeout;
        retries = builder.retries;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The address that requests for a registry's images go to. */
    URI endpoint(String registry) {
        URI mapped = endpoints.get(registry);
        if (mapped != null) {
            return mapped;
        }
        if (registry.equals(DOCKER_HUB)) {
            return URI.create("https://registry-1.docker.io");
        }
        return URI.create((plainHosts.contains(registry) ? "http://" : "https://") + registry);
    }

    boolean mayBePlain(URI address) {
        String host = address.getHost();
        return plainHosts.contains(address.getAuthority())
                || plainHosts.contains(host)
                || endpoints.values().stream()
                        .anyMatch(endpoint -> "http".equals(endpoint.getScheme()) && host.equals(endpoint.getHost()));
    }

    /** A mapped address gets its own credentials, never those of the registry that it stands in for. */
    String credentialHost(String registry) {
        URI mapped = endpoints.get(registry);
        return mapped == null ? registry : mapped.getAuthority();
    }

    /** The caller's credential of the longest prefix first, then those of the well-known files. */
    Optional<Credential> credential(String registry, String repository) throws TransferException {
        for (String key : AuthFiles.prefixes(registry + "/" + repository)) {
            Credential own = credentials.get(key);
            if (own != null) {
                return Optional.of(own);
            }
        }
        return authFiles.isEmpty() ? Optional.empty() : authFiles.get().find(registry, repository);
    }

    @Override
    public String toString() {
        return "AccessSettings[plainHttp=" + plainHosts + ", endpoints=" + endpoints + ", credentialsFor="
                + credentials.keySet() + "]";
    }

    /** Collects the settings; the defaults are HTTPS, the user's own auth files, 30 s without a byte, 4 retries. */
    public static final class Builder {
        private final Set<String> plainHosts = new LinkedHashSet<>();
        private final Map<String, URI> endpoints = new LinkedHashMap<>();
        private final Map<String, Credential> credentials = new LinkedHashMap<>();
        private Optional<AuthFiles> authFiles =
                Optional.of(AuthFiles.of(System.getenv(), Path.of(System.getProperty("user.home"))));
        private Duration connectTimeout = Duration.ofSeconds(20);
        private Duration stallTimeout = Duration.ofSeconds(30);
        private int retries = 4;

        private Builder() {}

        public Builder plainHttp(String host) {
            plainHosts.add(host);
            return this;
        }

        public Builder endpoint(String registry, URI address) {
            if (address.getHost() == null || !Set.of("http", "https").contains(address.getScheme())) {
                throw new IllegalArgumentException(
                        "'" + address + "' is no address of a registry; write" + " https://HOST or http://HOST:PORT");
            }
            endpoints.put(registry, address);
            return this;
        }

        public Builder credential(String prefix, Credential credential) {
            credentials.put(prefix, credential);
            return this;
        }

        public Builder authFiles(boolean used) {
            authFiles = used ? authFiles : Optional.empty();
            return this;
        }

        public Builder authFiles(Map<String, String> environment, Path home) {
            authFiles = Optional.of(AuthFiles.of(environment, home));
            return this;
        }

        public Builder connectTimeout(Duration limit) {
            connectTimeout = limit;
            return this;
        }

        public Builder stallTimeout(Duration limit) {
            stallTimeout = limit;
            return this;
        }

        public Builder retries(int count) {
            retries = count;
            return this;
        }

        public AccessSettings build() {
            return new AccessSettings(this);
        }
    }
}
