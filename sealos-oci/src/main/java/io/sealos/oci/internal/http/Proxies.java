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

/** The proxies on the way to registries, with the logins that they want. Thread-safe. */
final class Proxies implements AutoCloseable {
    private static final String LOGIN = "Proxy-Authorization";

    private final HttpSettings settings;
    private final ClientThreads threads;
    private volatile @Nullable ProxyTunnel tunnel;

    Proxies(HttpSettings settings, ClientThreads threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /** The selector that the HTTP client asks for its way. */
    Optional<ProxySelector> selector() {
        return settings.proxyCredentials().isEmpty() ? settings.proxy() : Optional.of(new Way());
    }

    /** The request with what its proxy wants to see. */
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

    /** The way that the settings say, but for TLS through the tunnel where a proxy wants a login. */
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

        /** There is no other way to go, and the request itself fails too. */
        @Override
        public void connectFailed(URI target, SocketAddress proxy, IOException cause) {}
    }
}
