package io.sealos.oci;

import io.sealos.oci.internal.transport.AccessSettings;
import io.sealos.oci.internal.transport.Credential;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How registries are reached: over HTTPS unless a host is named as an exception, with the caller's credentials first
 * and then those that {@code docker login}, {@code podman login} or {@code skopeo login} left.
 *
 * <p>The login files are read in this order, and the first that knows the image's registry counts:
 * {@code $REGISTRY_AUTH_FILE}, {@code $XDG_RUNTIME_DIR/containers/auth.json},
 * {@code $XDG_CONFIG_HOME/containers/auth.json} (or {@code ~/.config}), {@code $DOCKER_CONFIG/config.json} (or
 * {@code ~/.docker}). Within a file the longest matching {@code host/path} counts. Credential helpers are not run.
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
         */
        public Builder plainHttp(String host) {
            settings.plainHttp(host);
            return this;
        }

        /**
         * Sends the requests for a registry's images to another address. The images keep their names. The address gets
         * the credentials of its own host and port, never those of the registry that it stands in for.
         *
         * @param registry the registry's name, such as {@code docker.io}
         * @param address the address, {@code https://HOST} or {@code http://HOST:PORT}
         * @return this
         * @throws IllegalArgumentException if the address is no HTTP address
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
         */
        public Builder credentials(String hostOrRepositoryPrefix, String user, String secret) {
            settings.credential(hostOrRepositoryPrefix, Credential.of(user, secret));
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
         */
        public Builder connectTimeout(Duration limit) {
            settings.connectTimeout(limit);
            return this;
        }

        /**
         * How long a registry may send nothing in the middle of an answer; by default 30 seconds.
         *
         * @param limit the limit
         * @return this
         */
        public Builder stallTimeout(Duration limit) {
            settings.stallTimeout(limit);
            return this;
        }

        /**
         * How often a request is repeated after a failure that may pass; by default 4 times. A pause that the registry
         * asks for ({@code Retry-After}) is kept, up to a minute.
         *
         * @param count how often, 0 for never
         * @return this
         */
        public Builder retries(int count) {
            settings.retries(count);
            return this;
        }

        /** {@return the access} */
        public RegistryAccess build() {
            return new RegistryAccess(settings.build());
        }
    }
}
