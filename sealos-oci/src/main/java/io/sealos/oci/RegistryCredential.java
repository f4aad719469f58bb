package io.sealos.oci;

import io.sealos.oci.internal.transport.Credential;
import java.util.Objects;

/** A credential for a registry. Immutable; its text shows no secret. */
public final class RegistryCredential {
    private final Credential credential;

    private RegistryCredential(Credential credential) {
        this.credential = credential;
    }

    /**
     * {@return a user with a secret}
     *
     * @param user the user
     * @param secret the password or access token
     */
    public static RegistryCredential of(String user, String secret) {
        return new RegistryCredential(
                Credential.of(Objects.requireNonNull(user, "user"), Objects.requireNonNull(secret, "secret")));
    }

    /**
     * {@return an identity token, which the registry's token server takes for an access token}
     *
     * @param token the token
     */
    public static RegistryCredential identityToken(String token) {
        return new RegistryCredential(Credential.identityToken(Objects.requireNonNull(token, "token")));
    }

    Credential credential() {
        return credential;
    }

    @Override
    public String toString() {
        return credential.toString();
    }
}
