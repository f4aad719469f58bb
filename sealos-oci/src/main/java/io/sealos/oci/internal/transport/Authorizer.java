package io.sealos.oci.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the challenges of registries, and remembers the answer per registry and repository. */
final class Authorizer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOKEN_LIMIT = 1 << 20;

    private final AccessSettings settings;
    private final Wire wire;
    private final Retries retries;
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    Authorizer(AccessSettings settings, Wire wire, Retries retries) {
        this.settings = settings;
        this.wire = wire;
        this.retries = retries;
    }

    Optional<String> header(RemoteImage image) {
        return Optional.ofNullable(headers.get(key(image)));
    }

    boolean hasCredential(RemoteImage image) throws TransferException {
        return credential(image).isPresent();
    }

    /** Whether there is an answer to the challenge of a 401; the old token is not used for it. */
    boolean answer(RemoteImage image, HttpResponse<Body> unauthorized) throws IOException, InterruptedException {
        List<Challenge> challenges = Challenge.parseAll(unauthorized.headers().allValues("WWW-Authenticate"));
        Optional<Challenge> bearer = first(challenges, "bearer");
        Optional<Credential> credential = credential(image);
        if (bearer.isPresent()) {
            headers.put(key(image), "Bearer " + token(image, bearer.get(), credential));
            return true;
        }
        if (first(challenges, "basic").isPresent() && credential.isPresent()) {
            headers.put(key(image), credential.get().basicHeader());
            return true;
        }
        return false;
    }

    private Optional<Credential> credential(RemoteImage image) throws TransferException {
        return settings.credential(settings.credentialHost(image.registry()), image.repository());
    }

    private static String key(RemoteImage image) {
        return image.registry() + "/" + image.repository();
    }

    private static Optional<Challenge> first(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
    }

    private String token(RemoteImage image, Challenge challenge, Optional<Credential> credential)
            throws IOException, InterruptedException {
        URI realm = realm(image, challenge);
        HttpRequest request = tokenRequest(realm, query(image, challenge), credential);
        HttpResponse<Body> reply = retries.run(() -> wire.exchange(request, Wire.Target.memory(TOKEN_LIMIT)));
        if (reply.statusCode() != 200) {
            throw Failures.answered(image, reply, credential.isPresent());
        }
        return read(image, realm, reply.body().bytes());
    }

    private URI realm(RemoteImage image, Challenge challenge) throws TransferException {
        URI endpoint = settings.endpoint(image.registry());
        String text = challenge.parameters().getOrDefault("realm", "");
        try {
            URI realm = URI.create(text);
            boolean plain = "http".equals(realm.getScheme()) && realm.getHost() != null && settings.mayBePlain(realm);
            if (plain || ("https".equals(realm.getScheme()) && realm.getHost() != null)) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            throw Failures.refused(image, endpoint, "its token server '" + text + "' is no address", "");
        }
        throw Failures.refused(
                image, endpoint, "its token server '" + text + "' is not HTTPS", "allow plain HTTP for that host");
    }

    private static String query(RemoteImage image, Challenge challenge) {
        String service = challenge.parameters().getOrDefault("service", "");
        String scope = "scope=" + encoded("repository:" + image.repository() + ":pull");
        return service.isEmpty() ? scope : "service=" + encoded(service) + "&" + scope;
    }

    private static HttpRequest tokenRequest(URI realm, String query, Optional<Credential> credential) {
        if (credential.isPresent() && !credential.get().identityToken.isEmpty()) {
            String form = "grant_type=refresh_token&client_id=sealos-java&" + query + "&refresh_token="
                    + encoded(credential.get().identityToken);
            return HttpRequest.newBuilder(realm)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build();
        }
        URI address = URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        credential.ifPresent(known -> request.header("Authorization", known.basicHeader()));
        return request.build();
    }

    private static String read(RemoteImage image, URI realm, byte[] body) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            // The parser's own message may quote the token.
            throw Failures.refused(image, realm, realm.getAuthority() + " sent a token that cannot be read", "");
        }
        String token = json.path("token").asText(json.path("access_token").asText(""));
        if (token.isEmpty() || token.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Failures.refused(image, realm, realm.getAuthority() + " sent no token", "");
        }
        return token;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
