package io.sealos.oci.internal.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.oci.RegistryCredential;
import io.sealos.oci.internal.credential.Credentials;
import io.sealos.oci.internal.credential.RepositoryName;
import io.sealos.oci.internal.http.HostNames;
import io.sealos.oci.internal.http.HttpExchanger;
import io.sealos.oci.internal.http.Locations;
import io.sealos.oci.internal.http.ResponseBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers the challenges of registries, and caches the authorization for each address and scope. Thread-safe. */
final class Authorizer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOKEN_LIMIT = 1 << 20;
    private static final Set<Integer> CREDENTIAL_REFUSED = Set.of(400, 401, 403);

    private final AccessSettings settings;
    private final Credentials credentials;
    private final Redirects redirects;
    private final Retries retries;
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    Authorizer(AccessSettings settings, Redirects redirects, Retries retries) {
        this.settings = settings;
        this.credentials = settings.credentials();
        this.redirects = redirects;
        this.retries = retries;
    }

    Optional<String> header(RegistryRequest call) {
        return Optional.ofNullable(headers.get(key(call)));
    }

    /**
     * Returns whether a new authorization for the challenge of a 401 response was found. The refused token is not used
     * again.
     */
    boolean answer(RegistryRequest call, HttpResponse<ResponseBody> unauthorized)
            throws IOException, InterruptedException {
        List<Challenge> challenges = Challenge.parseAll(unauthorized.headers().allValues("WWW-Authenticate"));
        Optional<Challenge> bearer = bearer(challenges);
        Credentials.Found found = find(call);
        Optional<String> ready =
                found.credential().filter(RegistryCredential::isRegistryToken).map(RegistryCredential::secret);
        if (ready.isPresent()) {
            headers.put(key(call), "Bearer " + ready.get());
            return true;
        }
        if (bearer.isPresent()) {
            headers.put(key(call), "Bearer " + token(call, unauthorized.uri(), bearer.get(), found));
            return true;
        }
        // A registry that sends no challenge expects Basic.
        boolean basic = challenges.isEmpty() || first(challenges, "basic").isPresent();
        Optional<String> header = found.credential()
                .filter(credential -> !credential.isIdentityToken())
                .map(Credentials::basicHeader);
        if (basic && header.isPresent()) {
            headers.put(key(call), header.get());
            return true;
        }
        return false;
    }

    /** Returns the failure for a response, with a hint about the credential if it was refused. */
    TransferException failure(RegistryRequest call, HttpResponse<ResponseBody> reply) throws InterruptedException {
        int status = reply.statusCode();
        if ((status != 401 && status != 403) || !Endpoint.isSameOrigin(call.uri(), reply.uri())) {
            return Failures.answered(call, reply);
        }
        Credentials.Found found = find(call);
        String host = HostNames.of(reply.uri());
        String hint = found.credential().isPresent()
                ? "the credential for " + host
                        + (call.isPush() ? " may not push to this repository" : " may not read this image")
                : login(host, found);
        return Failures.answered(call, reply, hint);
    }

    private static String login(String host, Credentials.Found found) {
        return "log in to " + host + " or give a credential for it" + found.remarks();
    }

    private Credentials.Found find(RegistryRequest call) throws InterruptedException {
        Endpoint endpoint = call.endpoint();
        return credentials.find(new RepositoryName(endpoint.credentialHost(), endpoint.repository(call.image())));
    }

    private static String key(RegistryRequest call) {
        return call.endpoint().host() + " " + call.scopes();
    }

    /** Returns the Bearer challenge with a token server, or one without a server if there is no Basic challenge. */
    private static Optional<Challenge> bearer(List<Challenge> challenges) {
        List<Challenge> all = challenges.stream()
                .filter(challenge -> challenge.scheme().equals("bearer"))
                .toList();
        Optional<Challenge> complete = all.stream()
                .filter(challenge ->
                        !challenge.parameters().getOrDefault("realm", "").isBlank())
                .findFirst();
        boolean basic = first(challenges, "basic").isPresent();
        return complete.isPresent() || basic ? complete : all.stream().findFirst();
    }

    private static Optional<Challenge> first(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
    }

    private String token(RegistryRequest call, URI asked, Challenge challenge, Credentials.Found found)
            throws IOException, InterruptedException {
        URI realm = realm(call, asked, challenge);
        TokenRequest request = new TokenRequest(call, realm, query(call, challenge), found.credential());
        HttpResponse<ResponseBody> reply = ask(call, request);
        if (reply.statusCode() / 100 != 2) {
            throw refused(call, reply, found);
        }
        return read(call, reply);
    }

    /** Requests a token, with separate retries, which do not repeat the request that needs the token. */
    private HttpResponse<ResponseBody> ask(RegistryRequest call, TokenRequest request)
            throws TransferException, InterruptedException {
        try {
            return retries.run(
                    call,
                    () -> redirects.follow(call, request.address(), request, HttpExchanger.Target.memory(TOKEN_LIMIT)));
        } catch (IOException e) {
            throw Failures.broken(call, e);
        }
    }

    private static TransferException refused(
            RegistryRequest call, HttpResponse<ResponseBody> reply, Credentials.Found found) {
        if (!CREDENTIAL_REFUSED.contains(reply.statusCode())) {
            return Failures.answered(
                    call,
                    reply,
                    "try again later or ask who runs the token server of "
                            + call.endpoint().host());
        }
        String host = call.endpoint().host();
        String hint = found.credential().isPresent()
                ? "the token server of " + host + " does not take the credential for " + host
                : login(host, found);
        return Failures.answered(call, reply, hint);
    }

    private URI realm(RegistryRequest call, URI asked, Challenge challenge) throws TransferException {
        String text = challenge.parameters().getOrDefault("realm", "");
        URI realm;
        try {
            realm = Locations.resolve(asked, text);
        } catch (IllegalArgumentException e) {
            throw noRealm(call, text, "is not an address", "ask who runs " + HostNames.of(asked));
        }
        if (!Endpoint.isAddress(realm)) {
            throw noRealm(call, text, "is not an address that can be used", "ask who runs " + HostNames.of(asked));
        }
        if ("https".equals(realm.getScheme()) || settings.endpoints().mayBePlain(realm)) {
            return realm;
        }
        throw noRealm(call, text, "is not HTTPS", "allow plain HTTP for that host");
    }

    private static TransferException noRealm(RegistryRequest call, String realm, String problem, String hint) {
        return Failures.refused(call.image(), call.uri(), "its token server '" + realm + "' " + problem, hint);
    }

    private static String query(RegistryRequest call, Challenge challenge) {
        String service = challenge.parameters().getOrDefault("service", "");
        String scopes =
                call.scopes().stream().map(scope -> "scope=" + encoded(scope)).collect(Collectors.joining("&"));
        return service.isEmpty() ? scopes : "service=" + encoded(service) + "&" + scopes;
    }

    private static String read(RegistryRequest call, HttpResponse<ResponseBody> reply) throws IOException {
        String host = HostNames.of(reply.uri());
        if (Failures.isWebPage(reply)) {
            throw Failures.webPage(call, reply.uri(), "a token");
        }
        String hint = "ask who runs the token server of " + call.endpoint().host();
        JsonNode json;
        try {
            json = JSON.readTree(reply.body().bytes());
        } catch (IOException e) {
            // The parser's own message may quote the token.
            throw Failures.refused(call.image(), reply.uri(), host + " sent a token that cannot be read", hint);
        }
        String token = Stream.of("token", "access_token")
                .map(name -> json.path(name).asText("").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        if (token.isEmpty() || token.chars().anyMatch(c -> c < '!' || c > '~')) {
            throw Failures.refused(call.image(), reply.uri(), host + " sent no token", hint);
        }
        return token;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
