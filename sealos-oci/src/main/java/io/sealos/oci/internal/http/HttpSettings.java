package io.sealos.oci.internal.http;

import io.sealos.oci.RegistryCredential;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of HTTP exchanges: TLS, proxies and limits. Immutable.
 *
 * @param tls the TLS settings that differ from those of the platform, by host or by host and port
 * @param proxy the proxy of each address; empty for that of the virtual machine
 * @param proxyCredentials the credentials of proxies, by host or by host and port
 * @param connectTimeout the time limit for establishing a connection
 * @param limits the idle timeout and the minimum rate
 * @param requestsPerHost the maximum number of simultaneous requests to one host
 * @param hosts the only hosts, or hosts and ports, that are accessed; empty for all
 */
public record HttpSettings(
        Map<String, HostTls> tls,
        Optional<ProxySelector> proxy,
        Map<String, RegistryCredential> proxyCredentials,
        Duration connectTimeout,
        TransferMonitor.Limits limits,
        int requestsPerHost,
        Set<String> hosts) {

    /** Copies the collections. */
    public HttpSettings {
        tls = new LinkedHashMap<>(tls);
        proxyCredentials = new LinkedHashMap<>(proxyCredentials);
        hosts = new LinkedHashSet<>(hosts);
    }

    /** Returns whether requests may be sent to an address. */
    public boolean mayAccess(URI address) {
        return hosts.isEmpty() || hosts.contains(HostNames.of(address)) || hosts.contains(address.getHost());
    }

    /** Returns the TLS settings for an address; empty if they are those of the platform. */
    Optional<HostTls> tls(URI address) {
        return "https".equals(address.getScheme()) ? HostNames.find(tls, address) : Optional.of(new HostTls.Unused());
    }

    /** Returns the proxy selector, by default that of the virtual machine; empty if there is none. */
    Optional<ProxySelector> proxySelector() {
        return proxy.or(() -> Optional.ofNullable(ProxySelector.getDefault()));
    }

    /** Returns the HTTP proxy for an address. */
    public Optional<InetSocketAddress> proxyFor(URI address) {
        return proxySelector().stream()
                .flatMap(selector -> selector.select(address).stream())
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .findFirst();
    }

    /** Returns the credential for a proxy, found by host and port or by host. */
    public Optional<RegistryCredential> proxyCredential(InetSocketAddress proxy) {
        String host = proxy.getHostString();
        RegistryCredential exact = proxyCredentials.get(host + ":" + proxy.getPort());
        return Optional.ofNullable(exact == null ? proxyCredentials.get(host) : exact);
    }
}
