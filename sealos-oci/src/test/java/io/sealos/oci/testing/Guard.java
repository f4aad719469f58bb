package io.sealos.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Controls the access to the in-process registry. */
final class Guard {
    private static final String TOKEN = "token-of-the-in-process-registry";

    private final boolean tokens;
    private final String basic;
    private final String identityToken;
    private final boolean anonymous;

    private Guard(boolean tokens, String user, String secret, String identityToken) {
        this(tokens, user, secret, identityToken, false);
    }

    private Guard(boolean tokens, String user, String secret, String identityToken, boolean anonymous) {
        this.anonymous = anonymous;
        this.tokens = tokens;
        this.identityToken = identityToken;
        this.basic =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    static Guard basic(String user, String secret) {
        return new Guard(false, user, secret, "");
    }

    static Guard token(String user, String secret) {
        return new Guard(true, user, secret, "");
    }

    static Guard anonymousToken() {
        return new Guard(true, "", "", "", true);
    }

    static Guard identityToken(String identityToken) {
        return new Guard(true, "", "", identityToken);
    }

    boolean admits(HttpExchange exchange) {
        String given = authorization(exchange);
        return given.equals(tokens ? "Bearer " + TOKEN : basic);
    }

    String challenge(HttpExchange exchange, String repository) {
        if (!tokens) {
            return "Basic realm=\"registry\"";
        }
        String scheme = exchange instanceof HttpsExchange ? "https" : "http";
        String realm = scheme + "://" + exchange.getRequestHeaders().getFirst("Host") + "/token";
        return "Bearer scope=\"repository:" + repository + ":pull\",service=in-process,realm=\"" + realm + "\"";
    }

    Optional<String> issueToken(HttpExchange exchange) throws IOException {
        boolean known = identityToken.isEmpty()
                ? authorization(exchange).equals(anonymous ? "" : basic)
                : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                        .contains("&refresh_token=" + URLEncoder.encode(identityToken, StandardCharsets.UTF_8));
        return known ? Optional.of("{\"token\":\"" + TOKEN + "\"}") : Optional.empty();
    }

    private static String authorization(HttpExchange exchange) {
        String value = exchange.getRequestHeaders().getFirst("Authorization");
        return value == null ? "" : value;
    }
}
