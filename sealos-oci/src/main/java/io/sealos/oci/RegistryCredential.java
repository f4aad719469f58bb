package io.sealos.oci;

import java.util.Objects;
import java.util.Optional;

/**
 * A credential for a registry: a user with a secret, or a token. Immutable and thread-safe. {@link #toString()} does
 * not show the secret.
 *
 * @since 0.1.0
 */
public final class RegistryCredential {
    private final Kind kind;
    private final String user;
    private final String secret;

    private RegistryCredential(Kind kind, String user, String secret) {
        this.kind = kind;
        this.user = user;
        this.secret = secret;
    }

    /**
     * {@return a credential with a user and a secret}
     *
     * @param user the user
     * @param secret the password or access token
     */
    public static RegistryCredential of(String user, String secret) {
        return new RegistryCredential(
                Kind.USER, Objects.requireNonNull(user, "user"), Objects.requireNonNull(secret, "secret"));
    }

    /**
     * {@return a credential with an identity token, which the token server of the registry exchanges for an access
     * token}
     *
     * @param token the token
     */
    public static RegistryCredential identityToken(String token) {
        return new RegistryCredential(Kind.IDENTITY_TOKEN, "", Objects.requireNonNull(token, "token"));
    }

    /**
     * {@return a credential with a registry token, which the registry itself accepts without a token server}
     *
     * @param token the token
     */
    public static RegistryCredential registryToken(String token) {
        return new RegistryCredential(Kind.REGISTRY_TOKEN, "", Objects.requireNonNull(token, "token"));
    }

    /** {@return the user; empty for a token} */
    public Optional<String> user() {
        return kind == Kind.USER ? Optional.of(user) : Optional.empty();
    }

    /** {@return the password, access token, identity token or registry token} */
    public String secret() {
        return secret;
    }

    /** {@return whether this is an identity token} */
    public boolean isIdentityToken() {
        return kind == Kind.IDENTITY_TOKEN;
    }

    /** {@return whether this is a registry token} */
    public boolean isRegistryToken() {
        return kind == Kind.REGISTRY_TOKEN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryCredential that
                && kind == that.kind
                && user.equals(that.user)
                && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, user, secret);
    }

    /** {@return a description without the secret} */
    @Override
    public String toString() {
        return switch (kind) {
            case USER -> "credential of " + user;
            case IDENTITY_TOKEN -> "identity token";
            case REGISTRY_TOKEN -> "registry token";
        };
    }

    private enum Kind {
        USER,
        IDENTITY_TOKEN,
        REGISTRY_TOKEN
    }
}
