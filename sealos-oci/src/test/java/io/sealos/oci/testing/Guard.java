package io.sealos.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may use the in-process registry. */
final class Guard {
    private static final String BEARER = "Bearer ";

    private final boolean tokens;
    private final String basic;
    private final String identityToken;
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicInteger expired = new AtomicInteger();

    private Guard(boolean tokens, String user, String secret, String identityToken) {
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

    static Guard identityToken(String identityToken) {
        return new Guard(true, "", "", identityToken);
    }

    boolean admits(HttpExchange exchange) {
        String given = authorization(exchange);
        return tokens ? given.startsWith(BEARER) && isFresh(given.substring(BEARER.length())) : given.equals(basic);
    }

    private boolean isFresh(String token) {
        return token.matches("[0-9]{1,9}") && Integer.parseInt(token) > expired.get();
    }

    /** No token that was issued so far is taken any more. */
    void expireTokens() {
        expired.set(issued.get());
    }

    String challenge(HttpExchange exchange, String repository) {
        if (!tokens) {
            return "Basic realm=\"registry\"";
        }
        String realm = "http://" + exchange.getRequestHeaders().getFirst("Host") + "/token";
        return "Bearer scope=\"repository:" + repository + ":pull\",service=in-process,realm=\"" + realm + "\"";
    }

    Optional<String> issueToken(HttpExchange exchange) throws IOException {
        boolean known = identityToken.isEmpty()
                ? authorization(exchange).equals(basic)
                : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                        .contains("&refresh_token=" + URLEncoder.encode(identityToken, StandardCharsets.UTF_8));
        return known ? Optional.of("{\"token\":\"" + issued.incrementAndGet() + "\"}") : Optional.empty();
    }

    private static String authorization(HttpExchange exchange) {
        String value = exchange.getRequestHeaders().getFirst("Authorization");
        return value == null ? "" : value;
    }
}
