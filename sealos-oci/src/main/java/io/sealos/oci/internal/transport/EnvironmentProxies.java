package io.sealos.oci.internal.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The proxies that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, or the same in lower case, as curl and Go read them: an
 * entry of NO_PROXY is a host, with all below it, or a host and port, or {@code *}.
 */
final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        proxy("http");
        proxy("https");
    }

    @Override
    public List<Proxy> select(URI target) {
        return isExcepted(target) ? List.of(Proxy.NO_PROXY) : List.of(proxy(target.getScheme()));
    }

    @Override
    public void connectFailed(URI target, SocketAddress proxy, IOException cause) {}

    private Proxy proxy(String scheme) {
        String text = value(scheme + "_proxy");
        if (text.isEmpty()) {
            return Proxy.NO_PROXY;
        }
        URI address = address(text);
        int port = address.getPort() < 0 ? 80 : address.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text.contains("://") ? text : "http://" + text);
            if ("http".equals(address.getScheme()) && address.getHost() != null && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the proxy of the environment is no address; write http://HOST:PORT");
        }
        throw new IllegalArgumentException(
                "the proxy of the environment is none that can be used; write http://HOST:PORT, without a user");
    }

    private boolean isExcepted(URI target) {
        String host = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT);
        return Stream.of(value("no_proxy").split(",", -1))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*")
                        || entry.equals(target.getAuthority())
                        || ("." + host).endsWith(entry.startsWith(".") ? entry : "." + entry));
    }

    private String value(String name) {
        String lower = environment.getOrDefault(name, "");
        return lower.isBlank() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
    }
}
