package io.sealos.oci;

import static java.util.Objects.requireNonNull;

import io.sealos.internal.files.UserDirectories;
import io.sealos.internal.text.ArgumentList;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The settings for access to registries: addresses, TLS, proxies, credentials and limits. By default, registries are
 * accessed over HTTPS with the credentials that {@code docker login}, {@code podman login} or {@code skopeo login} have
 * stored.
 *
 * <p>Credentials are looked up in this order: those that were passed to the builder, those of its
 * {@link CredentialProvider providers}, and those of the login files. The first of these login files that has a
 * credential for the registry is used: {@code $REGISTRY_AUTH_FILE}, {@code $XDG_RUNTIME_DIR/containers/auth.json},
 * {@code $XDG_CONFIG_HOME/containers/auth.json} (or {@code ~/.config}), {@code $DOCKER_CONFIG/config.json} (or
 * {@code ~/.docker}). Within a file the order is: the credential helper of the host ({@code credHelpers}), the helper
 * for all hosts ({@code credsStore}), the longest matching {@code host/path} of the logins. A helper is a program
 * {@code docker-credential-NAME} on the {@code PATH}. It is run without a shell, at most once for each host, and ended
 * after 30 seconds. A file, helper or provider that fails does not prevent access to public images. If a registry
 * requires a credential, the message of the failure says what failed.
 *
 * <p>Immutable and thread-safe. {@link #toString()} shows no secret.
 *
 * @since 0.1.0
 */
public final class RegistryAccess {
    private final AccessSettings settings;

    private RegistryAccess(AccessSettings settings) {
        this.settings = settings;
    }

    /** {@return the default access: over HTTPS, with the logins of the user} */
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

    /** {@return a description with the addresses and the names of hosts, without any secret} */
    @Override
    public String toString() {
        return settings.toString();
    }

    /** Builds a {@link RegistryAccess}. Not thread-safe. */
    public static final class Builder {
        /** A directory that does not exist, for users without a home directory. */
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
        private final Set<String> hosts = new LinkedHashSet<>();

        private Builder() {
            loginFiles(true);
        }

        /**
         * Allows plain HTTP to a host.
         *
         * @param host a host, or host and port, such as {@code 127.0.0.1:5000}
         * @return this builder
         * @throws IllegalArgumentException if the name of the host has a scheme or a path
         */
        public Builder plainHttp(String host) {
            plainHosts.add(Endpoints.requireHost(host));
            return this;
        }

        /**
         * Trusts the certificate authorities in a file for a host, in addition to those of the platform.
         *
         * @param host a host, or host and port, such as {@code registry.example:5000}
         * @param pem the file with the certificates in PEM format; it is read before the first connection to the host
         * @return this builder
         * @throws IllegalArgumentException if the name of the host has a scheme or a path
         */
        public Builder certificateAuthorities(String host, Path pem) {
            tls.put(Endpoints.requireHost(host), new HostTls.Authorities(requireNonNull(pem, "pem")));
            return this;
        }

        /**
         * Accepts any certificate of a host. An attacker who intercepts the connection can then read the images and the
         * credentials for this host.
         *
         * @param host a host, or host and port
         * @return this builder
         * @throws IllegalArgumentException if the name of the host has a scheme or a path
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
         * @throws IllegalArgumentException if the name of the host has a scheme or a path
         */
        public Builder sslContext(String host, SSLContext context) {
            tls.put(Endpoints.requireHost(host), new HostTls.Given(requireNonNull(context, "context")));
            return this;
        }

        /**
         * Adds a mirror, which serves images of a registry. Mirrors are tried in the order of the calls, and the
         * registry itself is tried last. Images are pushed to the registry only. If a mirror does not respond, or
         * responds with a status of 500 or above, it is not tried again during the same operation. Images keep their
         * names, and content from a mirror is compared with its digest. A mirror receives only the credentials of its
         * own host and port.
         *
         * @param registry the name of the registry, such as {@code docker.io}
         * @param address the address, {@code https://HOST} or {@code http://HOST:PORT}, followed by a path if the
         *     mirror has the repositories below one, as in {@code https://harbor.example/hub-proxy}
         * @return this builder
         * @throws IllegalArgumentException if the address is not an HTTP address or has a user, or if the name has a
         *     scheme or a path
         */
        public Builder mirror(String registry, URI address) {
            mirrors.computeIfAbsent(Endpoints.requireHost("registry", registry), name -> new ArrayList<>())
                    .add(Endpoints.requireAddress(address));
            return this;
        }

        /**
         * Sets the proxies. Default: those of {@link ProxySelector#getDefault()}, which reads the system properties.
         *
         * @param selector the selector of the proxy for an address
         * @return this builder
         */
        public Builder proxy(ProxySelector selector) {
            proxy = Optional.of(requireNonNull(selector, "selector"));
            return this;
        }

        /**
         * Sets the proxies, and their users and passwords, from the environment variables {@code HTTPS_PROXY},
         * {@code HTTP_PROXY} and {@code NO_PROXY}. The names of the variables may be in upper or lower case.
         *
         * @param environment the variables, such as {@code System.getenv()}
         * @return this builder
         * @throws IllegalArgumentException if a proxy is neither {@code http://HOST:PORT} nor
         *     {@code http://USER:PASSWORD@HOST:PORT}
         */
        public Builder proxies(Map<String, String> environment) {
            EnvironmentProxies proxies = new EnvironmentProxies(requireNonNull(environment, "environment"));
            proxyCredentials.putAll(proxies.credentials());
            return proxy(proxies);
        }

        /**
         * Sets the user and password for a proxy (basic authentication). For HTTPS, connections to the proxy go through
         * a relay on the loopback address, which only this process can use and which ends with the operation. No system
         * property has to be set.
         *
         * @param proxy a host, or host and port, such as {@code proxy.example:3128}
         * @param user the user
         * @param password the password
         * @return this builder
         * @throws IllegalArgumentException if the name of the host has a scheme or a path
         */
        public Builder proxyCredentials(String proxy, String user, String password) {
            RegistryCredential login = RegistryCredential.of(user, requireNonNull(password, "password"));
            proxyCredentials.put(Endpoints.requireHost("proxy", proxy), login);
            return this;
        }

        /**
         * Sends the requests for a registry to another address. Images keep their names. The address receives the
         * credentials of its own host and port, never those of the registry.
         *
         * @param registry the name of the registry, such as {@code docker.io}
         * @param address the address, {@code https://HOST} or {@code http://HOST:PORT}, followed by a path if the
         *     repositories are below one
         * @return this builder
         * @throws IllegalArgumentException if the address is not an HTTP address or has a user, or if the name has a
         *     scheme or a path
         */
        public Builder endpoint(String registry, URI address) {
            endpoints.put(Endpoints.requireHost("registry", registry), Endpoints.requireAddress(address));
            return this;
        }

        /**
         * Adds a credential. If several credentials match an image, the one with the longest prefix is used.
         *
         * @param hostOrRepositoryPrefix a host, or a host and a path, such as {@code ghcr.io/my-team}
         * @param user the user
         * @param secret the password or access token
         * @return this builder
         * @throws IllegalArgumentException if the prefix is empty, or an address with a scheme
         */
        public Builder credentials(String hostOrRepositoryPrefix, String user, String secret) {
            credentials.put(
                    Endpoints.requirePrefix(requireNonNull(hostOrRepositoryPrefix, "hostOrRepositoryPrefix")),
                    RegistryCredential.of(user, secret));
            return this;
        }

        /**
         * Adds a provider of credentials. Providers are called in the order in which they were added, after the
         * credentials of the builder and before the login files.
         *
         * @param provider the provider
         * @return this builder
         */
        public Builder credentials(CredentialProvider provider) {
            sources.add(CredentialSource.of(requireNonNull(provider, "provider")));
            return this;
        }

        /**
         * Sets whether the login files of the user are read. Default: true.
         *
         * @param used {@code false} to use only the credentials that the builder and its providers have
         * @return this builder
         */
        public Builder loginFiles(boolean used) {
            loginFiles = Optional.empty();
            return used ? loginFiles(System.getenv(), UserDirectories.home().orElse(NO_HOME)) : this;
        }

        /**
         * Reads the login files to which the given environment variables point, instead of those of this process.
         *
         * @param environment the variables, which are copied
         * @param home the home directory
         * @return this builder
         */
        public Builder loginFiles(Map<String, String> environment, Path home) {
            Map<String, String> variables =
                    Collections.unmodifiableMap(new LinkedHashMap<>(requireNonNull(environment, "environment")));
            requireNonNull(home, "home");
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
         * Sets the idle timeout, which is the longest time during which a registry may neither send a byte of a
         * response nor accept a byte of an upload. Default: 30 seconds. A registry that stores large uploads slowly may
         * need more.
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
         * Sets the minimum average rate of a transfer. A slower transfer is ended, and resumed on a new connection as
         * often as {@link #retries} allows. The time between the last byte of an upload and the response is not taken
         * into account. Default: 1,024 bytes per second over a minute.
         *
         * @param bytesPerSecond the rate in bytes per second; 0 for no limit
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
            rateWindow = requirePositive(requireNonNull(window, "window"));
            return this;
        }

        private static Duration requirePositive(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("a time limit must be longer than 0, not " + limit);
            }
            return limit;
        }

        /**
         * Sets how often a request is repeated after a failure that may be temporary. Default: 4. A pause that the
         * registry requests with {@code Retry-After} is observed, up to a minute.
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
         * Sets the maximum number of simultaneous requests to one host. Default: 6.
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

        /**
         * Restricts access to the given hosts, and to those of earlier calls. A request to another host, including a
         * mirror, a token server or the target of a redirect, fails at once without being sent. Default: all hosts are
         * accessed.
         *
         * @param names hosts, or hosts and ports, such as {@code registry-1.docker.io} and {@code auth.docker.io}
         * @return this builder
         * @throws IllegalArgumentException if names have a scheme or a path; the message lists all of them
         */
        public Builder onlyHosts(String... names) {
            hosts.addAll(ArgumentList.parsed("names", names, Endpoints::requireHost));
            return this;
        }

        /** {@return a new {@code RegistryAccess} with the settings of this builder, which can be used again} */
        public RegistryAccess build() {
            HttpSettings http = new HttpSettings(
                    tls,
                    proxy,
                    proxyCredentials,
                    connectTimeout,
                    new TransferMonitor.Limits(stallTimeout, minimumRate, rateWindow, System::nanoTime),
                    requestsPerHost,
                    hosts);
            Endpoints addresses = new Endpoints(plainHosts, endpoints, mirrors);
            return new RegistryAccess(new AccessSettings(addresses, http, credentials, sources, loginFiles, retries));
        }
    }
}
