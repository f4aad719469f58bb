package io.sealos.oci.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A token server for the distribution registry, as its <a
 * href="https://distribution.github.io/distribution/spec/auth/jwt/">token specification</a> says: it gives one user
 * what he asks for, in tokens signed with ES256.
 */
public final class TokenServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "changeit";

    private final HttpServer server;
    private final KeyStore keys;
    private final String authorization;

    private TokenServer(HttpServer server, KeyStore keys, String user, String secret) {
        this.server = server;
        this.keys = keys;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        server.createContext("/token", this::serve);
    }

    /** {@return a running server that signs with the key {@code host} of a PKCS12 store} */
    public static TokenServer start(Path keyStore, String user, String secret)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(keyStore)) {
            keys.load(content, PASSWORD.toCharArray());
        }
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TokenServer started = new TokenServer(HttpServer.create(loopback, 0), keys, user, secret);
        started.server.start();
        return started;
    }

    /** {@return the address that a registry names as its realm} */
    public URI realm() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("token", token(exchange.getRequestURI().getRawQuery())));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String token(String query) throws IOException, GeneralSecurityException {
        ObjectNode header = JSON.createObjectNode().put("typ", "JWT").put("alg", "ES256");
        ArrayNode chain = header.putArray("x5c");
        for (var certificate : List.of(keys.getCertificateChain("host"))) {
            chain.add(Base64.getEncoder().encodeToString(certificate.getEncoded()));
        }
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", "tests")
                .put("sub", "me")
                .put("aud", "registry")
                .put("exp", now + 300)
                .put("nbf", now - 10)
                .put("iat", now)
                .put("jti", Long.toString(now));
        addAccess(claims.putArray("access"), query);
        String signed = base64(JSON.writeValueAsBytes(header)) + "." + base64(JSON.writeValueAsBytes(claims));
        return signed + "." + base64(sign(signed));
    }

    private static void addAccess(ArrayNode access, String query) {
        for (String parameter : query.split("&", -1)) {
            String[] parts =
                    URLDecoder.decode(parameter, StandardCharsets.UTF_8).split("[=:]", -1);
            if (parts[0].equals("scope") && parts.length == 4) {
                ArrayNode actions = access.addObject()
                        .put("type", parts[1])
                        .put("name", parts[2])
                        .putArray("actions");
                List.of(parts[3].split(",", -1)).forEach(actions::add);
            }
        }
    }

    private byte[] sign(String text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign((PrivateKey) keys.getKey("host", PASSWORD.toCharArray()));
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
