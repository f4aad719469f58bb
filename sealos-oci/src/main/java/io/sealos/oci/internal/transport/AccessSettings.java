package io.sealos.oci.internal.transport;

import io.sealos.internal.files.UserDirectories;
import io.sealos.internal.text.Printable;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** How registries are reached: addresses, TLS, credentials, limits. Immutable; its text shows no secret. */
public final class AccessSettings {
    private static final String DOCKER_HUB = "docker.io";

    private final Map<String, Boolean> plainHosts;
    private final Map<String, HostTls> tls;
    private final Map<String, URI> endpoints;
    private final Map<String, List<URI>> mirrors;
    private final Map<String, Credential> credentials;
    private final List<CredentialSource> credentialSources;
    private final Optional<Supplier<CredentialSource>> authFiles;
    final Optional<ProxySelector> proxy;
    final Map<String, Credential> proxyCredentials;
    final Duration connectTimeout;
    final TransferMonitor.Limits limits;
    final int retries;
    final int requestsPerHost;

    private AccessSettings(Builder builder) {
        plainHosts = copy(builder.plainHosts);
        tls = copy(builder.tls);
        endpoints = copy(builder.endpoints);
        mirrors = copy(builder.mirrors);
        mirrors.replaceAll((registry, addresses) -> List.copyOf(addresses));
        credentials = copy(builder.credentials);
        credentialSources = List.copyOf(builder.credentialSources);
        authFiles = builder.authFiles;
        proxy = builder.proxy;
        proxyCredentials = copy(builder.proxyCredentials);
        connectTimeout = builder.connectTimeout;
        limits = new TransferMonitor.Limits(builder.stallTimeout, builder.minimumRate, builder.rateWindow, builder.clock);
        retries = builder.retries;
        requestsPerHost = builder.requestsPerHost;
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return new LinkedHashMap<>(map);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The mirrors of a registry, in the order in which they are asked. */
    List<Endpoint> mirrors(String registry) {
        return mirrors.getOrDefault(registry, List.of()).stream()
                .map(address -> new Endpoint(address, address.getAuthority()))
                .toList();
    }

    /** Host and port of a registry, as pushes to it and pulls from it name it. */
    public String host(String registry) {
        return origin(registry).host();
    }

    /** The registry itself, or the address that stands in for it and has credentials of its own. */
    Endpoint origin(String registry) {
        URI mapped = endpoints.get(registry);
        if (mapped != null) {
            return new Endpoint(mapped, mapped.getAuthority());
        }
        if (registry.equals(DOCKER_HUB)) {
            return new Endpoint(URI.create("https://registry-1.docker.io"), registry);
        }
        URI https = URI.create("https://" + registry);
        boolean plain = HostNames.find(plainHosts, https).isPresent();
        return new Endpoint(plain ? URI.create("http://" + registry) : https, registry);
    }

    boolean mayBePlain(URI address) {
        return HostNames.find(plainHosts, address).isPresent()
                || Stream.concat(
                                endpoints.values().stream(),
                                mirrors.values().stream().flatMap(List::stream))
                        .anyMatch(named -> "http".equals(named.getScheme())
                                && named.getHost().equalsIgnoreCase(address.getHost()));
    }

    Optional<HostTls> tls(URI address) {
        return "https".equals(address.getScheme()) ? HostNames.find(tls, address) : Optional.of(new HostTls.Unused());
    }

    /** Chooses the proxies; by default that of the virtual machine, which may have none. */
    Optional<ProxySelector> proxySelector() {
        return proxy.or(() -> Optional.ofNullable(ProxySelector.getDefault()));
    }

    Optional<InetSocketAddress> proxyFor(URI address) {
        return proxySelector().stream()
                .flatMap(selector -> selector.select(address).stream())
                .filter(way -> way.type() == Proxy.Type.HTTP)
                .map(way -> (InetSocketAddress) way.address())
                .findFirst();
    }

    /** The login for a proxy, by host and port or by host. */
    Optional<Credential> proxyCredential(InetSocketAddress way) {
        String host = way.getHostString();
        Credential exact = proxyCredentials.get(host + ":" + way.getPort());
        return Optional.ofNullable(exact == null ? proxyCredentials.get(host) : exact);
    }

    /** The caller's credentials and sources first, then the well-known files as they are now. */
    Credentials credentials() {
        List<CredentialSource> sources = new ArrayList<>(List.of(CredentialSource.given(credentials)));
        sources.addAll(credentialSources);
        authFiles.ifPresent(files -> sources.add(files.get()));
        return new Credentials(sources);
    }

    @Override
    public String toString() {
        return "AccessSettings[plainHttp=" + plainHosts.keySet() + ", tls=" + tls.keySet() + ", endpoints=" + endpoints
                + ", mirrors=" + mirrors + ", credentialsFor=" + credentials.keySet() + "]";
    }

    /**
     * Collects the settings; the defaults are HTTPS, the user's own auth files, 30 s without a byte, 1 KB/s, 4 retries.
     */
    public static final class Builder {
        /** The home of users that have none: nothing is there. */
        private static final Path NO_HOME = Path.of("/nonexistent");

        private final Map<String, Boolean> plainHosts = new LinkedHashMap<>();
        private final Map<String, HostTls> tls = new LinkedHashMap<>();
        private final Map<String, URI> endpoints = new LinkedHashMap<>();
        private final Map<String, List<URI>> mirrors = new LinkedHashMap<>();
        private final Map<String, Credential> credentials = new LinkedHashMap<>();
        private final List<CredentialSource> credentialSources = new ArrayList<>();
        private Optional<Supplier<CredentialSource>> authFiles = Optional.empty();
        private Optional<ProxySelector> proxy = Optional.empty();
        private final Map<String, Credential> proxyCredentials = new LinkedHashMap<>();
        private Duration connectTimeout = Duration.ofSeconds(20);
        private Duration stallTimeout = Duration.ofSeconds(30);
        private long minimumRate = 1024;
        private Duration rateWindow = Duration.ofMinutes(1);
        private LongSupplier clock = System::nanoTime;
        private int retries = 4;
        private int requestsPerHost = 6;

        private Builder() {
            authFiles(true);
        }

        public Builder plainHttp(String host) {
            plainHosts.put(checked(host), true);
            return this;
        }

        public Builder certificateAuthorities(String host, Path pem) {
            tls.put(checked(host), new HostTls.Authorities(pem));
            return this;
        }

        public Builder unverifiedTls(String host) {
            tls.put(checked(host), new HostTls.Unverified());
            return this;
        }

        public Builder sslContext(String host, SSLContext context) {
            tls.put(checked(host), new HostTls.Given(context));
            return this;
        }

        public Builder endpoint(String registry, URI address) {
            endpoints.put(checked(registry), checked(address));
            return this;
        }

        public Builder mirror(String registry, URI address) {
            mirrors.computeIfAbsent(checked(registry), name -> new ArrayList<>())
                    .add(checked(address));
            return this;
        }

        private static URI checked(URI address) {
            if (address.getRawUserInfo() != null
                    || String.valueOf(address.getRawAuthority()).contains("@")) {
                throw new IllegalArgumentException("the address of a registry has a user in front of its host; write"
                        + " https://HOST or http://HOST:PORT, and give the login with credentials(...)");
            }
            if (!Endpoint.isAddress(address)) {
                throw new IllegalArgumentException("'" + Printable.of(address.toString())
                        + "' is no address of a registry; write https://HOST or http://HOST:PORT");
            }
            return address;
        }

        /** A scheme or path would never match, and the setting would silently count for nothing. */
        private static String checked(String host) {
            requireNoUser(host);
            if (host.isBlank() || host.contains("/")) {
                throw new IllegalArgumentException("'" + host + "' is no host; write HOST or HOST:PORT");
            }
            return host;
        }

        /** Nothing of it is shown, for it may be a password. */
        private static void requireNoUser(String host) {
            if (host.contains("@")) {
                throw new IllegalArgumentException("the name of a registry has a user in front of its host; write HOST"
                        + " or HOST:PORT, and give the login with credentials(...)");
            }
        }

        private static Duration checked(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("a limit of time has to be longer than 0, not " + limit);
            }
            return limit;
        }

        public Builder credential(String prefix, Credential credential) {
            requireNoUser(prefix);
            if (prefix.isBlank() || prefix.contains("://")) {
                throw new IllegalArgumentException(
                        "'" + prefix + "' is neither a host nor a host and path; write HOST, HOST:PORT or HOST/PATH");
            }
            credentials.put(prefix, credential);
            return this;
        }

        public Builder credentialSource(CredentialSource.Lookup lookup) {
            credentialSources.add(CredentialSource.of(lookup));
            return this;
        }

        public Builder authFiles(boolean used) {
            authFiles = Optional.empty();
            return used ? authFiles(System.getenv(), UserDirectories.home().orElse(NO_HOME)) : this;
        }

        public Builder authFiles(Map<String, String> environment, Path home) {
            Map<String, String> variables = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            authFiles = Optional.of(() -> new AuthFiles(variables, home));
            return this;
        }

        public Builder proxy(ProxySelector selector) {
            proxy = Optional.of(selector);
            return this;
        }

        public Builder proxies(Map<String, String> environment) {
            EnvironmentProxies proxies = new EnvironmentProxies(environment);
            proxyCredentials.putAll(proxies.credentials());
            return proxy(proxies);
        }

        public Builder proxyCredential(String host, Credential credential) {
            proxyCredentials.put(checked(host), credential);
            return this;
        }

        public Builder connectTimeout(Duration limit) {
            connectTimeout = checked(limit);
            return this;
        }

        public Builder stallTimeout(Duration limit) {
            stallTimeout = checked(limit);
            return this;
        }

        public Builder minimumRate(long bytesPerSecond, Duration window) {
            if (bytesPerSecond < 0) {
                throw new IllegalArgumentException(
                        "a rate cannot be " + bytesPerSecond + " bytes a second; 0 is for no limit");
            }
            minimumRate = bytesPerSecond;
            rateWindow = checked(window);
            return this;
        }

        /** Where the nanoseconds come from by which silence and rates are measured. */
        public Builder clock(LongSupplier nanoseconds) {
            clock = nanoseconds;
            return this;
        }

        public Builder retries(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("requests cannot be repeated " + count + " times; 0 is never");
            }
            retries = count;
            return this;
        }

        public Builder requestsPerHost(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("at least 1 request per host is needed, not " + count);
            }
            requestsPerHost = count;
            return this;
        }

        public AccessSettings build() {
            return new AccessSettings(this);
        }
    }
}
