package io.sealos.oci.internal.http;

import io.sealos.oci.internal.credential.Credentials;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Selects the proxies for requests to registries, and authorizes requests to them. Thread-safe. */
final class Proxies implements AutoCloseable {
    private static final String LOGIN = "Proxy-Authorization";

    private final HttpSettings settings;
    private final ClientThreads threads;
    private volatile @Nullable ProxyTunnel tunnel;

    Proxies(HttpSettings settings, ClientThreads threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /** Returns the proxy selector for the HTTP client. */
    Optional<ProxySelector> selector() {
        return settings.proxyCredentials().isEmpty() ? settings.proxy() : Optional.of(new Way());
    }

    /** Returns the request with the authorization for its proxy. */
    HttpRequest authorized(HttpRequest request) throws IOException {
        Optional<ProxyTunnel.Route> route = route(request.uri());
        if (route.isEmpty()) {
            return request;
        }
        String login = "https".equals(request.uri().getScheme())
                ? startedTunnel().authorization()
                : route.get().authorization();
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader(LOGIN, login)
                .build();
    }

    private synchronized ProxyTunnel startedTunnel() throws IOException {
        ProxyTunnel started = tunnel;
        if (started == null) {
            int connectMillis = (int) Math.min(settings.connectTimeout().toMillis(), Integer.MAX_VALUE);
            started = ProxyTunnel.start(threads, this::route, connectMillis);
            tunnel = started;
        }
        return started;
    }

    private Optional<ProxyTunnel.Route> route(URI target) {
        return settings.proxyCredentials().isEmpty()
                ? Optional.empty()
                : settings.proxyFor(target)
                        .flatMap(proxy -> settings.proxyCredential(proxy)
                                .map(login -> new ProxyTunnel.Route(proxy, Credentials.basicHeader(login))));
    }

    @Override
    public void close() {
        ProxyTunnel started = tunnel;
        if (started != null) {
            started.close();
        }
    }

    /** Selects the proxy of the settings, or the tunnel for TLS through a proxy that requires a login. */
    private final class Way extends ProxySelector {
        @Override
        public List<Proxy> select(URI target) {
            ProxyTunnel started = tunnel;
            if (started != null
                    && "https".equals(target.getScheme())
                    && route(target).isPresent()) {
                return List.of(new Proxy(Proxy.Type.HTTP, started.address()));
            }
            return settings.proxySelector().map(all -> all.select(target)).orElse(List.of(Proxy.NO_PROXY));
        }

        /** Does nothing: there is no alternative, and the request itself fails. */
        @Override
        public void connectFailed(URI target, SocketAddress proxy, IOException cause) {}
    }
}
