package io.sealos.oci.internal.client;

import io.sealos.oci.internal.http.HttpExchanger;
import io.sealos.oci.internal.http.ResponseBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Sends requests to registries with retries, authorization and redirects. Thread-safe. */
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

    /**
     * Executes an attempt, repeats it if that may help, and returns the successful response. The attempt sends its
     * requests with {@link #send}.
     */
    HttpResponse<ResponseBody> attempt(RegistryRequest call, Retries.Attempt attempt)
            throws TransferException, InterruptedException {
        HttpResponse<ResponseBody> reply = attemptFound(call, attempt);
        if (reply.statusCode() == 404) {
            throw authorizer.failure(call, reply);
        }
        return reply;
    }

    /** Executes an attempt like {@link #attempt}, whose response may also be that there is no such content. */
    HttpResponse<ResponseBody> attemptFound(RegistryRequest call, Retries.Attempt attempt)
            throws TransferException, InterruptedException {
        HttpResponse<ResponseBody> reply;
        try {
            reply = retries.run(call, attempt);
        } catch (IOException e) {
            throw Failures.broken(call, e);
        }
        if (reply.statusCode() / 100 != 2 && reply.statusCode() != 404) {
            throw authorizer.failure(call, reply);
        }
        return reply;
    }

    /** Sends a request, and repeats it with a new authorization if the registry requires one. */
    HttpResponse<ResponseBody> send(RegistryRequest call, HttpRequest.Builder request, HttpExchanger.Target target)
            throws IOException, InterruptedException {
        return send(call, call.uri(), request, target);
    }

    /** Sends a request to another address, such as one that the registry returned for an upload. */
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

    /**
     * Adds the authorization to requests to the registry itself, but not to requests to other hosts after a redirect.
     */
    private HttpRequest authorized(RegistryRequest call, URI next, HttpRequest.Builder request) {
        HttpRequest.Builder hop = request.copy().uri(next);
        if (Endpoint.isSameOrigin(call.uri(), next)) {
            authorizer.header(call).ifPresent(header -> hop.setHeader("Authorization", header));
        }
        return hop.build();
    }

    /** Returns the address of a redirect, which leads from HTTPS to plain HTTP only if that is allowed for the host. */
    URI redirected(RegistryRequest call, URI from, String location) throws TransferException {
        return redirects.next(call, from, location);
    }
}
