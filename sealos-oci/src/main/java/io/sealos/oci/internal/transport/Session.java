package io.sealos.oci.internal.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/** Requests to registries with all that surrounds them: retries, authorization, redirects. Thread-safe. */
final class Session implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final AccessSettings settings;
    private final Wire wire;
    private final Retries retries;
    private final Authorizer authorizer;

    Session(AccessSettings settings, TransferListener listener) {
        this.settings = settings;
        this.wire = new Wire(settings);
        this.retries = new Retries(settings.retries, listener);
        this.authorizer = new Authorizer(settings, wire, retries);
    }

    /** The good answer in the end; the attempt sends through {@link #send}, as often as it is worth it. */
    HttpResponse<Body> attempt(Call call, Retries.Attempt attempt) throws TransferException, InterruptedException {
        HttpResponse<Body> reply;
        try {
            reply = retries.run(call, attempt);
        } catch (IOException e) {
            throw Failures.broken(call, e);
        }
        if (reply.statusCode() / 100 != 2) {
            throw authorizer.failure(call, reply);
        }
        return reply;
    }

    /** One request, sent again with a new authorization where the registry asks for one. */
    HttpResponse<Body> send(Call call, HttpRequest.Builder request, Wire.Target target)
            throws IOException, InterruptedException {
        return send(call, call.uri(), request, target);
    }

    /** The same to another address, such as one that the registry named for an upload. */
    HttpResponse<Body> send(Call call, URI address, HttpRequest.Builder request, Wire.Target target)
            throws IOException, InterruptedException {
        HttpResponse<Body> reply = follow(call, address, request, target);
        boolean refused = reply.statusCode() == 401 && Endpoint.isSameOrigin(call.uri(), reply.uri());
        return refused && authorizer.answer(call, reply) ? follow(call, address, request, target) : reply;
    }

    @Override
    public void close() {
        wire.close();
    }

    private HttpResponse<Body> follow(Call call, URI address, HttpRequest.Builder request, Wire.Target target)
            throws IOException, InterruptedException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<Body> reply = wire.exchange(authorized(call, next, request), target);
            Optional<String> location = reply.headers().firstValue("Location");
            if (!REDIRECTS.contains(reply.statusCode()) || location.isEmpty()) {
                return reply;
            }
            next = redirected(call, next, location.get());
        }
        String host = call.endpoint().host();
        throw Failures.refused(call.image(), next, host + " redirects without end", "ask who runs it");
    }

    /** The authorization goes to the registry itself only, never to a host that it redirects to. */
    private HttpRequest authorized(Call call, URI next, HttpRequest.Builder request) {
        HttpRequest.Builder hop = request.copy().uri(next);
        if (Endpoint.isSameOrigin(call.uri(), next)) {
            authorizer.header(call).ifPresent(header -> hop.setHeader("Authorization", header));
        }
        return hop.build();
    }

    /** Where the registry sends on to; never from HTTPS to plain HTTP, unless that is allowed for the host. */
    URI redirected(Call call, URI from, String location) throws TransferException {
        URI next;
        try {
            next = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw Failures.refused(call.image(), from, from.getAuthority() + " redirects to no address", "");
        }
        if (Endpoint.isAddress(next) && ("https".equals(next.getScheme()) || settings.mayBePlain(next))) {
            return next;
        }
        String target = next.getScheme() + "://" + next.getAuthority();
        throw Failures.refused(
                call.image(), from, from.getAuthority() + " redirects to " + target, "allow plain HTTP for that host");
    }
}
