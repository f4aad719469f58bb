package io.sealos.oci.internal.client;

import io.sealos.oci.internal.http.HttpExchanger;
import io.sealos.oci.internal.http.ResponseBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests to registries with all that surrounds them: retries, authorization, redirects. Thread-safe. */
final class RegistrySession implements AutoCloseable {
    private final HttpExchanger wire;
    private final Retries retries;
    private final Redirects redirects;
    private final Authorizer authorizer;

    RegistrySession(AccessSettings settings, TransferListener listener) {
        this.wire = new HttpExchanger(settings.http());
        this.retries = new Retries(settings.retries(), listener);
        this.redirects = new Redirects(settings, wire);
        this.authorizer = new Authorizer(settings, redirects, retries);
    }

    /** The good answer in the end; the attempt sends through {@link #send}, as often as it is worth it. */
    HttpResponse<ResponseBody> attempt(RegistryRequest call, Retries.Attempt attempt)
            throws TransferException, InterruptedException {
        HttpResponse<ResponseBody> reply;
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
    HttpResponse<ResponseBody> send(RegistryRequest call, HttpRequest.Builder request, HttpExchanger.Target target)
            throws IOException, InterruptedException {
        return send(call, call.uri(), request, target);
    }

    /** The same to another address, such as one that the registry named for an upload. */
    HttpResponse<ResponseBody> send(
            RegistryRequest call, URI address, HttpRequest.Builder request, HttpExchanger.Target target)
            throws IOException, InterruptedException {
        Redirects.Request authorized = next -> authorized(call, next, request);
        HttpResponse<ResponseBody> reply = redirects.follow(call, address, authorized, target);
        boolean refused = reply.statusCode() == 401 && Endpoint.isSameOrigin(call.uri(), reply.uri());
        return refused && authorizer.answer(call, reply) ? redirects.follow(call, address, authorized, target) : reply;
    }

    @Override
    public void close() {
        wire.close();
    }

    /** The authorization goes to the registry itself only, never to a host that it redirects to. */
    private HttpRequest authorized(RegistryRequest call, URI next, HttpRequest.Builder request) {
        HttpRequest.Builder hop = request.copy().uri(next);
        if (Endpoint.isSameOrigin(call.uri(), next)) {
            authorizer.header(call).ifPresent(header -> hop.setHeader("Authorization", header));
        }
        return hop.build();
    }

    /** Where the registry sends on to; never from HTTPS to plain HTTP, unless that is allowed for the host. */
    URI redirected(RegistryRequest call, URI from, String location) throws TransferException {
        return redirects.next(call, from, location);
    }
}
