package io.sealos.oci.internal.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and a secret, or an identity token. Its text shows no secret. */
public final class Credential {
    final String user;
    final String secret;
    final String identityToken;

    private Credential(String user, String secret, String identityToken) {
        this.user = user;
        this.secret = secret;
        this.identityToken = identityToken;
    }

    public static Credential of(String user, String secret) {
        return new Credential(user, secret, "");
    }

    public static Credential identityToken(String token) {
        return new Credential("", "", token);
    }

    String basicHeader() {
        byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return identityToken.isEmpty() ? "credential of " + user : "identity token";
    }
}
