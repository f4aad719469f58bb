package io.sealos.oci.internal.http;

import io.sealos.oci.RegistryCredential;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Selects the proxies that the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, in lower or upper case, as curl and
 * Go do.
 */
public final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    public EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        proxy("http");
        proxy("https");
    }

    @Override
    public List<Proxy> select(URI target) {
        return isExcepted(target) ? List.of(Proxy.NO_PROXY) : List.of(proxy(target.getScheme()));
    }

    /** Does nothing: there is one proxy for an address, and the request itself fails. */
    @Override
    public void connectFailed(URI target, SocketAddress proxy, IOException cause) {}

    /** Returns the credentials that the addresses contain, by host and port. */
    public Map<String, RegistryCredential> credentials() {
        Map<String, RegistryCredential> credentials = new LinkedHashMap<>();
        for (String scheme : List.of("http", "https")) {
            String text = value(scheme + "_proxy");
            int at = text.lastIndexOf('@');
            if (at >= 0) {
                URI address = address(text);
                credentials.put(address.getHost() + ":" + port(address), credential(text.substring(0, at)));
            }
        }
        return credentials;
    }

    /** Returns the credential in the part of an address before the host, which may be percent-encoded. */
    private static RegistryCredential credential(String text) {
        String login = text.substring(text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3);
        int colon = login.indexOf(':');
        return colon < 0
                ? RegistryCredential.of(decoded(login), "")
                : RegistryCredential.of(decoded(login.substring(0, colon)), decoded(login.substring(colon + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The password contains a percent sign that is not an encoding.
            return text;
        }
    }

    private Proxy proxy(String scheme) {
        String text = value(scheme + "_proxy");
        if (text.isEmpty()) {
            return Proxy.NO_PROXY;
        }
        URI address = address(text);
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port(address)));
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? 80 : address.getPort();
    }

    /** Returns the address without the credential, which no message may show. */
    private static URI address(String text) {
        try {
            String named = text.contains("://") ? text : "http://" + text;
            int at = named.lastIndexOf('@');
            URI address =
                    URI.create(at < 0 ? named : named.substring(0, named.indexOf("://") + 3) + named.substring(at + 1));
            if ("http".equals(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the proxy of the environment is not an address; write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT");
        }
        throw new IllegalArgumentException("the proxy of the environment cannot be used; write"
                + " http://HOST:PORT or http://USER:PASSWORD@HOST:PORT");
    }

    private boolean isExcepted(URI target) {
        return Stream.of(value("no_proxy").split("[,\\s]", -1))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> NoProxyEntry.parse(entry).covers(target));
    }

    private String value(String name) {
        String lower = environment.getOrDefault(name, "");
        return lower.isBlank() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
    }
}
