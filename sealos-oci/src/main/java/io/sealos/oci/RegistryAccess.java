package io.sealos.oci;

import io.sealos.internal.files.UserDirectories;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.client.Endpoints;
import io.sealos.oci.internal.credential.AuthFiles;
import io.sealos.oci.internal.credential.CredentialSource;
import io.sealos.oci.internal.http.EnvironmentProxies;
import io.sealos.oci.internal.http.HostTls;
import io.sealos.oci.internal.http.HttpSettings;
import io.sealos.oci.internal.http.TransferMonitor;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The way in which registries are reached: addresses, TLS, proxies, credentials and limits. The default is HTTPS with
 * the credentials that {@code docker login}, {@code podman login} or {@code skopeo login} stored.
 *
 * <p>Credentials are looked up in this order: those given to the builder, those of its {@link CredentialProvider
 * providers}, and the login files. The first login file that has a credential for the image's registry is used:
 * {@code $REGISTRY_AUTH_FILE}, {@code $XDG_RUNTIME_DIR/containers/auth.json},
 * {@code $XDG_CONFIG_HOME/containers/auth.json} (or {@code ~/.config}), {@code $DOCKER_CONFIG/config.json} (or
 * {@code ~/.docker}). Within a file the order is: the credential helper of the host ({@code credHelpers}), the helper
 * for all hosts ({@code credsStore}), the longest matching {@code host/path} of the logins. A helper is the program
 * {@code docker-credential-NAME} on the {@code PATH}. It is run without a shell, at most once for a host, and ended
 * after 30 seconds. A file, helper or provider that fails does not prevent access to public images: only if a registry
 * requires a credential, the message of the failure includes what failed.
 *
 * <p>Immutable and thread-safe. {@link #toString()} shows no secret.
 */
public final class RegistryAccess {
    private final AccessSettings settings;

    private RegistryAccess(AccessSettings settings) {
        this.settings = settings;
    }

    /** {@return access over HTTPS with the user's own logins} */
    public static RegistryAccess defaults() {
        return builder().build();
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    AccessSettings settings() {
        return settings;
    }

    /** {@return the addresses and the names of hosts, without any secret} */
    @Override
    public String toString() {
        return settings.toString();
    }

    /** Builds a {@link RegistryAccess}. Not thread-safe. */
    public static final class Builder {
        /** The home directory of users that have none: nothing is there. */
        private static final Path NO_HOME = Path.of("/nonexistent");

        private final Set<String> plainHosts = new LinkedHashSet<>();
        private final Map<String, HostTls> tls = new LinkedHashMap<>();
        private final Map<String, URI> endpoints = new LinkedHashMap<>();
        private final Map<String, List<URI>> mirrors = new LinkedHashMap<>();
        private final Map<String, RegistryCredential> credentials = new LinkedHashMap<>();
        private final List<CredentialSource> sources = new ArrayList<>();
        private Optional<Supplier<CredentialSource>> loginFiles = Optional.empty();
        private Optional<ProxySelector> proxy = Optional.empty();
        private final Map<String, RegistryCredential> proxyCredentials = new LinkedHashMap<>();
        private Duration connectTimeout = Duration.ofSeconds(20);
        private Duration stallTimeout = Duration.ofSeconds(30);
        private long minimumRate = 1024;
        private Duration rateWindow = Duration.ofMinutes(1);
        private int retries = 4;
        private int requestsPerHost = 6;

        private Builder() {
            loginFiles(true);
        }

        /**
         * Allows plain HTTP to a host.
         *
         * @param host a host, or host and port, such as {@code 127.0.0.1:5000}
         * @return this builder
         * @throws IllegalArgumentException if this is not a host, but has a scheme or a path
         */
        public Builder plainHttp(String host) {
            plainHosts.add(Endpoints.requireHost(host));
            return this;
        }

        /**
         * Trusts the certificate authorities of a file for a host, in addition to those of the platform.
         *
         * @param host a host, or host and port, such as {@code registry.example:5000}
         * @param pem the certificates in PEM form; the file is read when the host is first reached
         * @return this builder
         * @throws IllegalArgumentException if this is not a host, but has a scheme or a path
         */
        public Builder certificateAuthorities(String host, Path pem) {
            tls.put(Endpoints.requireHost(host), new HostTls.Authorities(pem));
            return this;
        }

        /**
         * Accepts any certificate of a host. Whoever intercepts the connection can then read the images and the
         * credentials for this host.
         *
         * @param host a host, or host and port
         * @return this builder
         * @throws IllegalArgumentException if this is not a host, but has a scheme or a path
         */
        public Builder unverifiedTls(String host) {
            tls.put(Endpoints.requireHost(host), new HostTls.Unverified());
            return this;
        }

        /**
         * Sets the TLS context for a host, such as one with a client certificate.
         *
         * @param host a host, or host and port
         * @param context the context
         * @return this builder
         * @throws IllegalArgumentException if this is not a host, but has a scheme or a path
         */
        public Builder sslContext(String host, SSLContext context) {
            tls.put(Endpoints.requireHost(host), new HostTls.Given(context));
            return this;
        }

        /**
         * Adds a mirror of a registry, which serves its images. Mirrors are asked in the order of the calls, and then
         * the registry itself; pushes go to the registry only. A mirror that does not answer, or fails with a status of
         * 500 or above, is not asked again by the same operation. Images keep their names, and the content that a
         * mirror serves is compared with its digest. A mirror gets the credentials of its own host and port.
         *
         * @param registry the registry's name, such as {@code docker.io}
         * @param address the address, {@code https://HOST} or {@code http://HOST:PORT}, followed by a path if the
         *     mirror has the repositories below one, as in {@code https://harbor.example/hub-proxy}
         * @return this builder
         * @throws IllegalArgumentException if the address is not an HTTP address or has a user, or if the name has a
         *     scheme or a path
         */
        public Builder mirror(String registry, URI address) {
            mirrors.computeIfAbsent(Endpoints.requireHost(registry), name -> new ArrayList<>())
                    .add(Endpoints.requireAddress(address));
            return this;
        }

        /**
         * Sets the proxies. Default: those of {@link ProxySelector#getDefault()}, which reads the system properties.
         *
         * @param selector the proxy for each address
         * @return this builder
         */
        public Builder proxy(ProxySelector selector) {
            proxy = Optional.of(selector);
            return this;
        }

        /**
         * Sets the proxies that the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, in
         * upper or lower case, with the user and password that an address contains.
         *
         * @param environment the variables, such as {@code System.getenv()}
         * @return this builder
         * @throws IllegalArgumentException if a proxy is neither {@code http://HOST:PORT} nor
         *     {@code http://USER:PASSWORD@HOST:PORT}
         */
        public Builder proxies(Map<String, String> environment) {
            EnvironmentProxies proxies = new EnvironmentProxies(environment);
            proxyCredentials.putAll(proxies.credentials());
            return proxy(proxies);
        }

        /**
         * Sets the user and password for a proxy (basic authentication). For HTTPS, the proxy is reached through a
         * relay on the loopback address, which only this process can use and which ends with the operation. So no
         * system property has to be set.
         *
         * @param proxy a host, or host and port, such as {@code proxy.example:3128}
         * @param user the user
         * @param password the password
         * @return this builder
         * @throws IllegalArgumentException if this is not a host, but has a scheme or a path
         */
        public Builder proxyCredentials(String proxy, String user, String password) {
            proxyCredentials.put(Endpoints.requireHost(proxy), RegistryCredential.of(user, password));
            return this;
        }

        /**
         * Sends the requests for a registry to another address. Images keep their names. The address gets the
         * credentials of its own host and port, never those of the registry.
         *
         * @param registry the registry's name, such as {@code docker.io}
         * @param address the address, {@code https://HOST} or {@code http://HOST:PORT}, followed by a path if the
         *     repositories are below one
         * @return this builder
         * @throws IllegalArgumentException if the address is not an HTTP address or has a user, or if the name has a
         *     scheme or a path
         */
        public Builder endpoint(String registry, URI address) {
            endpoints.put(Endpoints.requireHost(registry), Endpoints.requireAddress(address));
            return this;
        }

        /**
         * Adds a credential. The one with the longest prefix that matches an image is used.
         *
         * @param hostOrRepositoryPrefix a host, or a host and a path, such as {@code ghcr.io/my-team}
         * @param user the user
         * @param secret the password or access token
         * @return this builder
         * @throws IllegalArgumentException if the prefix is empty, or an address with a scheme
         */
        public Builder credentials(String hostOrRepositoryPrefix, String user, String secret) {
            credentials.put(Endpoints.requirePrefix(hostOrRepositoryPrefix), RegistryCredential.of(user, secret));
            return this;
        }

        /**
         * Adds a provider of credentials. Providers are asked in the order in which they are added, after the
         * credentials that are given here and before the login files.
         *
         * @param provider the provider
         * @return this builder
         */
        public Builder credentials(CredentialProvider provider) {
            sources.add(CredentialSource.of(Objects.requireNonNull(provider, "provider")));
            return this;
        }

        /**
         * Sets whether the login files of the user are read. Default: they are.
         *
         * @param used {@code false} for the caller's credentials only
         * @return this builder
         */
        public Builder loginFiles(boolean used) {
            loginFiles = Optional.empty();
            return used ? loginFiles(System.getenv(), UserDirectories.home().orElse(NO_HOME)) : this;
        }

        /**
         * Reads the login files that these environment variables name instead of those of the process.
         *
         * @param environment the variables, which are copied
         * @param home the home directory
         * @return this builder
         */
        public Builder loginFiles(Map<String, String> environment, Path home) {
            Map<String, String> variables = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            loginFiles = Optional.of(() -> new AuthFiles(variables, home));
            return this;
        }

        /**
         * Sets the time limit for connecting to a host. Default: 20 seconds.
         *
         * @param limit the limit, longer than 0
         * @return this builder
         * @throws IllegalArgumentException if the limit is not longer than 0
         */
        public Builder connectTimeout(Duration limit) {
            connectTimeout = requirePositive(limit);
            return this;
        }

        /**
         * Sets the idle timeout: the longest time in which a registry sends no byte of an answer and accepts no byte of
         * an upload. Default: 30 seconds. A registry that stores large uploads slowly may need more.
         *
         * @param limit the limit, longer than 0
         * @return this builder
         * @throws IllegalArgumentException if the limit is not longer than 0
         */
        public Builder stallTimeout(Duration limit) {
            stallTimeout = requirePositive(limit);
            return this;
        }

        /**
         * Sets the lowest average rate of a transfer. A slower one is ended, and continued on a new connection as often
         * as {@link #retries} allows. The time between the last byte of an upload and the answer does not count.
         * Default: 1,024 bytes a second over a minute.
         *
         * @param bytesPerSecond the rate in bytes a second; 0 for no limit
         * @param window the time over which the average is taken, longer than 0
         * @return this builder
         * @throws IllegalArgumentException if the rate is less than 0 or the window not longer than 0
         */
        public Builder minimumRate(long bytesPerSecond, Duration window) {
            if (bytesPerSecond < 0) {
                throw new IllegalArgumentException(
                        "a rate cannot be " + bytesPerSecond + " bytes a second; 0 is for no limit");
            }
            minimumRate = bytesPerSecond;
            rateWindow = requirePositive(window);
            return this;
        }

        private static Duration requirePositive(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("a limit of time has to be longer than 0, not " + limit);
            }
            return limit;
        }

        /**
         * Sets how often a request is repeated after a failure that may be temporary. Default: 4 times. A pause that
         * the registry asks for ({@code Retry-After}) is observed, up to a minute.
         *
         * @param count the number of repetitions; 0 for none
         * @return this builder
         * @throws IllegalArgumentException if the count is less than 0
         */
        public Builder retries(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("requests cannot be repeated " + count + " times; 0 is never");
            }
            retries = count;
            return this;
        }

        /**
         * Sets the largest number of requests to one host at a time. Default: 6.
         *
         * @param count the number, 1 or more
         * @return this builder
         * @throws IllegalArgumentException if the count is less than 1
         */
        public Builder requestsPerHost(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("at least 1 request per host is needed, not " + count);
            }
            requestsPerHost = count;
            return this;
        }

        /** {@return the access; the builder can be used again} */
        public RegistryAccess build() {
            HttpSettings http = new HttpSettings(
                    tls,
                    proxy,
                    proxyCredentials,
                    connectTimeout,
                    new TransferMonitor.Limits(stallTimeout, minimumRate, rateWindow, System::nanoTime),
                    requestsPerHost);
            Endpoints addresses = new Endpoints(plainHosts, endpoints, mirrors);
            return new RegistryAccess(new AccessSettings(addresses, http, credentials, sources, loginFiles, retries));
        }
    }
}
