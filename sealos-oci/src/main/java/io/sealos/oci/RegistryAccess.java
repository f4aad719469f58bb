package io.sealos.oci;

import io.sealos.oci.internal.transport.AccessSettings;
import io.sealos.oci.internal.transport.Credential;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * How registries are reached: over HTTPS unless a host is named as an exception, with the caller's credentials first
 * and then those that {@code docker login}, {@code podman login} or {@code skopeo login} left.
 *
 * <p>The login files are read in this order, and the first that knows the image's registry counts:
 * {@code $REGISTRY_AUTH_FILE}, {@code $XDG_RUNTIME_DIR/containers/auth.json},
 * {@code $XDG_CONFIG_HOME/containers/auth.json} (or {@code ~/.config}), {@code $DOCKER_CONFIG/config.json} (or
 * {@code ~/.docker}). Within a file the order is: the credential helper of the host ({@code credHelpers}), the longest
 * matching {@code host/path} of the logins, the helper for all hosts ({@code credsStore}). A helper is the program
 * {@code docker-credential-NAME} on the {@code PATH}, run without a shell, at most once for a host and for 30 seconds.
 * A file, helper or source that fails keeps nobody from public images: where a registry wants a login, the message says
 * what failed.
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

    @Override
    public String toString() {
        return settings.toString();
    }

    /** Builds a {@link RegistryAccess}. Not thread-safe. */
    public static final class Builder {
        private final AccessSettings.Builder settings = AccessSettings.builder();

        private Builder() {}

        /**
         * Allows plain HTTP to a host.
         *
         * @param host a host, or host and port, such as {@code 127.0.0.1:5000}
         * @return this
         * @throws IllegalArgumentException if it is no host: an address with a scheme or a path
         */
        public Builder plainHttp(String host) {
            settings.plainHttp(host);
            return this;
        }

        /**
         * Trusts the certificate authorities of a file for a host, next to those of the platform.
         *
         * @param host a host, or host and port, such as {@code registry.example:5000}
         * @param pem the certificates, in PEM form; read when the host is reached
         * @return this
         * @throws IllegalArgumentException if it is no host: an address with a scheme or a path
         */
        public Builder certificateAuthorities(String host, Path pem) {
            settings.certificateAuthorities(host, pem);
            return this;
        }

        /**
         * Accepts any certificate of a host. Who stands between can then read the credentials for it and the images.
         *
         * @param host a host, or host and port
         * @return this
         * @throws IllegalArgumentException if it is no host: an address with a scheme or a path
         */
        public Builder unverifiedTls(String host) {
            settings.unverifiedTls(host);
            return this;
        }

        /**
         * Sets the TLS context for a host: for client certificates, or for authorities from elsewhere than a file.
         *
         * @param host a host, or host and port
         * @param context the context
         * @return this
         * @throws IllegalArgumentException if it is no host: an address with a scheme or a path
         */
        public Builder sslContext(String host, SSLContext context) {
            settings.sslContext(host, context);
            return this;
        }

        /**
         * Adds a mirror of a registry, for pulls. Mirrors are asked in the order of the calls, and then the registry
         * itself; one that does not answer, or fails with a status of 500 or above, is not asked again in the same
         * build. Images keep their names, and what a mirror sends is compared with its digest. A mirror gets the
         * credentials of its own host and port.
         *
         * @param registry the registry's name, such as {@code docker.io}
         * @param address the address, {@code https://HOST} or {@code http://HOST:PORT}, with a path where the mirror
         *     has the repositories below one: {@code https://harbor.example/hub-proxy}
         * @return this
         * @throws IllegalArgumentException if the address is no HTTP address, or the name has a scheme or a path
         */
        public Builder mirror(String registry, URI address) {
            settings.mirror(registry, address);
            return this;
        }

        /**
         * Sets the proxies. Default: those of the system properties, as {@link ProxySelector#getDefault()} has them.
         *
         * @param selector the proxy for each address
         * @return this
         */
        public Builder proxy(ProxySelector selector) {
            settings.proxy(selector);
            return this;
        }

        /**
         * Sets the proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, in upper or lower
         * case, with the user and password that an address has in it.
         *
         * @param environment the variables, such as {@code System.getenv()}
         * @return this
         * @throws IllegalArgumentException if a proxy is no {@code http://HOST:PORT} or
         *     {@code http://USER:PASSWORD@HOST:PORT}
         */
        public Builder proxies(Map<String, String> environment) {
            settings.proxies(environment);
            return this;
        }

        /**
         * Gives the user and password that a proxy wants (basic authentication), whatever names the proxy. For HTTPS
         * the proxy is asked by a relay on the loopback address, which only this process can use and which is gone when
         * a call returns: no property of the virtual machine has to be set.
         *
         * @param proxy a host, or host and port, such as {@code proxy.example:3128}
         * @param user the user
         * @param password the password
         * @return this
         * @throws IllegalArgumentException if it is no host: an address with a scheme or a path
         */
        public Builder proxyCredentials(String proxy, String user, String password) {
            settings.proxyCredential(proxy, Credential.of(user, password));
            return this;
        }

        /**
         * Sends the requests for a registry's images to another address. The images keep their names. The address gets
         * the credentials of its own host and port, never those of the registry that it stands in for.
         *
         * @param registry the registry's name, such as {@code docker.io}
         * @param address the address, {@code https://HOST} or {@code http://HOST:PORT}, with a path where the
         *     repositories are below one
         * @return this
         * @throws IllegalArgumentException if the address is no HTTP address, or the name has a scheme or a path
         */
        public Builder endpoint(String registry, URI address) {
            settings.endpoint(registry, address);
            return this;
        }

        /**
         * Gives a credential. The longest prefix that matches an image counts.
         *
         * @param hostOrRepositoryPrefix a host, or a host and a path, such as {@code ghcr.io/my-team}
         * @param user the user
         * @param secret the password or access token
         * @return this
         * @throws IllegalArgumentException if the prefix is empty, or an address with a scheme
         */
        public Builder credentials(String hostOrRepositoryPrefix, String user, String secret) {
            settings.credential(hostOrRepositoryPrefix, Credential.of(user, secret));
            return this;
        }

        /**
         * Adds a source of credentials. Sources are asked in the order in which they are added, after the credentials
         * that are given here and before the login files.
         *
         * @param source the source
         * @return this
         */
        public Builder credentials(RegistryCredentials source) {
            Objects.requireNonNull(source, "source");
            settings.credentialSource((host, path) -> source.find(host, path).map(RegistryCredential::credential));
            return this;
        }

        /**
         * Whether the login files of the user are read; by default they are.
         *
         * @param used false for the caller's credentials only
         * @return this
         */
        public Builder loginFiles(boolean used) {
            settings.authFiles(used);
            return this;
        }

        /**
         * Reads the login files as found through these environment variables instead of those of the process.
         *
         * @param environment the variables
         * @param home the home directory
         * @return this
         */
        public Builder loginFiles(Map<String, String> environment, Path home) {
            settings.authFiles(environment, home);
            return this;
        }

        /**
         * How long a connection may take to be made; by default 20 seconds.
         *
         * @param limit the limit
         * @return this
         * @throws IllegalArgumentException if the limit is not longer than 0
         */
        public Builder connectTimeout(Duration limit) {
            settings.connectTimeout(limit);
            return this;
        }

        /**
         * How long a registry may be silent: send nothing before or in the middle of an answer, take nothing of an
         * upload; by default 30 seconds. One that stores large uploads slowly may need more.
         *
         * @param limit the limit
         * @return this
         * @throws IllegalArgumentException if the limit is not longer than 0
         */
        public Builder stallTimeout(Duration limit) {
            settings.stallTimeout(limit);
            return this;
        }

        /**
         * How slow a transfer may be: one that brings fewer bytes a second, on average over each window, is given up
         * and goes on with a new connection, as often as {@link #retries} says. By default 1,024 bytes a second over a
         * minute. What a registry does between the last byte of an upload and its answer does not count.
         *
         * @param bytesPerSecond the rate, 0 for any
         * @param window how long is measured
         * @return this
         * @throws IllegalArgumentException if the rate is less than 0 or the window not longer than 0
         */
        public Builder minimumRate(long bytesPerSecond, Duration window) {
            settings.minimumRate(bytesPerSecond, window);
            return this;
        }

        /**
         * How often a request is repeated after a failure that may pass; by default 4 times. A pause that the registry
         * asks for ({@code Retry-After}) is kept, up to a minute.
         *
         * @param count how often, 0 for never
         * @return this
         * @throws IllegalArgumentException if the count is less than 0
         */
        public Builder retries(int count) {
            settings.retries(count);
            return this;
        }

        /**
         * How many requests go to one host at a time; by default 6.
         *
         * @param count how many, 1 or more
         * @return this
         * @throws IllegalArgumentException if the count is less than 1
         */
        public Builder requestsPerHost(int count) {
            settings.requestsPerHost(count);
            return this;
        }

        /** {@return the access} */
        public RegistryAccess build() {
            return new RegistryAccess(settings.build());
        }
    }
}
