package io.sealos.oci.internal.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A user and a secret, or an identity token. Its text shows no secret. */
public final class Credential {
    final String user;
    final String secret;
    final String identityToken;
    private final String readyToken;

    private Credential(String user, String secret, String identityToken, String readyToken) {
        this.readyToken = readyToken;
        this.user = user;
        this.secret = secret;
        this.identityToken = identityToken;
    }

    public static Credential of(String user, String secret) {
        return new Credential(user, secret, "", "");
    }

    public static Credential identityToken(String token) {
        return new Credential("", "", token, "");
    }

    /** A token that the registry itself takes, with no token server between. */
    static Credential readyToken(String token) {
        return new Credential("", "", "", token);
    }

    Optional<String> readyToken() {
        return Optional.of(readyToken).filter(token -> !token.isEmpty());
    }

    String basicHeader() {
        byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        if (!readyToken.isEmpty()) {
            return "registry token";
        }
        return identityToken.isEmpty() ? "credential of " + user : "identity token";
    }
}
