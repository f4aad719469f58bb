package io.sealos.oci.internal.client;

import io.sealos.oci.internal.http.HostNames;
import io.sealos.oci.internal.http.HttpExchanger;
import io.sealos.oci.internal.http.Locations;
import io.sealos.oci.internal.http.ResponseBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Follows redirects, up to a limit. A redirect from HTTPS to plain HTTP is followed only if that is allowed for the
 * host.
 */
final class Redirects {
    private static final int MOST = 10;
    private static final int PROXY_LOGIN = 407;
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private final AccessSettings settings;
    private final HttpExchanger wire;

    Redirects(AccessSettings settings, HttpExchanger wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /** Creates the request for an address. Only the request for the first address may contain secrets. */
    interface Request {
        HttpRequest to(URI address) throws TransferException;
    }

    HttpResponse<ResponseBody> follow(RegistryRequest call, URI address, Request request, HttpExchanger.Target target)
            throws IOException, InterruptedException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST; redirects++) {
            requireAccess(call, next);
            HttpResponse<ResponseBody> reply = exchange(request.to(next), target);
            if (reply.statusCode() == PROXY_LOGIN) {
                throw Failures.proxyRefused(call, reply, settings.http());
            }
            Optional<String> location = reply.headers().firstValue("Location");
            if (!STATUSES.contains(reply.statusCode()) || location.isEmpty()) {
                return reply;
            }
            next = next(call, next, location.get());
        }
        String host = HostNames.of(address);
        throw Failures.refused(call.image(), next, host + " redirects without end", "ask who runs it");
    }

    private void requireAccess(RegistryRequest call, URI address) throws TransferException {
        if (!settings.http().mayAccess(address)) {
            throw Failures.notAllowed(call, address, settings.http().hosts());
        }
    }

    private HttpResponse<ResponseBody> exchange(HttpRequest request, HttpExchanger.Target target)
            throws IOException, InterruptedException {
        try {
            return wire.exchange(request, target);
        } catch (ResponseBody.LocalException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenExchangeException(request.uri(), e);
        }
    }

    /** Returns the address of a redirect. Messages do not contain its secrets. */
    URI next(RegistryRequest call, URI from, String location) throws TransferException {
        String host = HostNames.of(from);
        URI next;
        try {
            next = Locations.resolve(from, location);
        } catch (IllegalArgumentException e) {
            throw Failures.refused(call.image(), from, host + " redirects to no address", "ask who runs " + host);
        }
        if (Endpoint.isAddress(next)
                && ("https".equals(next.getScheme()) || settings.endpoints().mayBePlain(next))) {
            return next;
        }
        String target = next.getScheme() + "://" + next.getRawAuthority();
        throw Failures.refused(call.image(), from, host + " redirects to " + target, hint(from, next));
    }

    private static String hint(URI from, URI next) {
        if (next.getHost() == null) {
            return "this name of a host cannot be used; ask who runs " + HostNames.of(from) + " for one of letters,"
                    + " digits, dots and hyphens";
        }
        if (!"http".equals(next.getScheme())) {
            return "ask who runs " + HostNames.of(from);
        }
        return next.getHost().equalsIgnoreCase(from.getHost())
                ? "let the proxy before it pass on that HTTPS is spoken (X-Forwarded-Proto), or allow plain HTTP for"
                        + " that host"
                : "allow plain HTTP for that host";
    }
}
