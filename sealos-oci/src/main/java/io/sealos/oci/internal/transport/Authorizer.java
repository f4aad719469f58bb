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
import java.util.stream.Collectors;

/** Answers the challenges of registries, and remembers the answer per address and scope. */
final class Authorizer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOKEN_LIMIT = 1 << 20;

    private final AccessSettings settings;
    private final Credentials credentials;
    private final Wire wire;
    private final Retries retries;
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    Authorizer(AccessSettings settings, Wire wire, Retries retries) {
        this.settings = settings;
        this.credentials = settings.credentials();
        this.wire = wire;
        this.retries = retries;
    }

    Optional<String> header(Call call) {
        return Optional.ofNullable(headers.get(key(call)));
    }

    /** Whether there is an answer to the challenge of a 401; the old token is not used for it. */
    boolean answer(Call call, HttpResponse<Body> unauthorized) throws IOException, InterruptedException {
        List<Challenge> challenges = Challenge.parseAll(unauthorized.headers().allValues("WWW-Authenticate"));
        Optional<Challenge> bearer = first(challenges, "bearer");
        Optional<Credential> credential = credential(call);
        if (bearer.isPresent()) {
            headers.put(key(call), "Bearer " + token(call, bearer.get(), credential));
            return true;
        }
        if (first(challenges, "basic").isPresent() && credential.isPresent()) {
            headers.put(key(call), credential.get().basicHeader());
            return true;
        }
        return false;
    }

    /** The failure that an answer means, with what can be done about the credential. */
    TransferException failure(Call call, HttpResponse<Body> reply) throws TransferException, InterruptedException {
        int status = reply.statusCode();
        String host = reply.uri().getAuthority();
        if ((status != 401 && status != 403) || !Endpoint.isSameOrigin(call.uri(), reply.uri())) {
            return Failures.answered(call, reply, Failures.hint(status, host));
        }
        String hint = credential(call).isPresent()
                ? "the credential for " + host
                        + (call.isPush() ? " may not push to this repository" : " may not read this image")
                : "log in to " + host + " or give a credential for it" + credentials.remarks();
        return Failures.answered(call, reply, hint);
    }

    private Optional<Credential> credential(Call call) throws TransferException, InterruptedException {
        Endpoint endpoint = call.endpoint();
        return credentials.find(new RepositoryName(endpoint.credentialHost(), endpoint.repository(call.image())));
    }

    private static String key(Call call) {
        return call.endpoint().host() + " " + call.scopes();
    }

    private static Optional<Challenge> first(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
    }

    private String token(Call call, Challenge challenge, Optional<Credential> credential)
            throws IOException, InterruptedException {
        URI realm = realm(call, challenge);
        HttpRequest request = tokenRequest(realm, query(call, challenge), credential);
        HttpResponse<Body> reply = retries.run(call, () -> wire.exchange(request, Wire.Target.memory(TOKEN_LIMIT)));
        if (reply.statusCode() != 200) {
            throw refused(call, reply, credential.isPresent());
        }
        return read(call, realm, reply.body().bytes());
    }

    private TransferException refused(Call call, HttpResponse<Body> reply, boolean withCredential) {
        String host = call.endpoint().host();
        String hint = withCredential
                ? "the token server of " + host + " does not take the credential for " + host
                : "log in to " + host + " or give a credential for it" + credentials.remarks();
        return Failures.answered(call, reply, hint);
    }

    private URI realm(Call call, Challenge challenge) throws TransferException {
        String text = challenge.parameters().getOrDefault("realm", "");
        try {
            URI realm = URI.create(text);
            boolean secure = "https".equals(realm.getScheme());
            if (Endpoint.isAddress(realm) && (secure || settings.mayBePlain(realm))) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            throw Failures.refused(call.image(), call.uri(), "its token server '" + text + "' is no address", "");
        }
        throw Failures.refused(
                call.image(),
                call.uri(),
                "its token server '" + text + "' is not HTTPS",
                "allow plain HTTP for that host");
    }

    private static String query(Call call, Challenge challenge) {
        String service = challenge.parameters().getOrDefault("service", "");
        String scopes =
                call.scopes().stream().map(scope -> "scope=" + encoded(scope)).collect(Collectors.joining("&"));
        return service.isEmpty() ? scopes : "service=" + encoded(service) + "&" + scopes;
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

    private static String read(Call call, URI realm, byte[] body) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            // The parser's own message may quote the token.
            throw Failures.refused(call.image(), realm, realm.getAuthority() + " sent a token that cannot be read", "");
        }
        String token = json.path("token").asText(json.path("access_token").asText(""));
        if (token.isEmpty() || token.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Failures.refused(call.image(), realm, realm.getAuthority() + " sent no token", "");
        }
        return token;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
