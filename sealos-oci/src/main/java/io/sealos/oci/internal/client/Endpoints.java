package io.sealos.oci.internal.client;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.http.HostNames;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The addresses of registries and their mirrors. Immutable.
 *
 * @param plainHosts hosts, or hosts and ports, that may be accessed by plain HTTP
 * @param replaced the addresses that replace registries, by the name of the registry
 * @param mirrors the mirrors of each registry, in the order in which they are asked
 */
public record Endpoints(Set<String> plainHosts, Map<String, URI> replaced, Map<String, List<URI>> mirrors) {
    private static final String DOCKER_HUB = "docker.io";

    /** Copies the collections. */
    public Endpoints {
        plainHosts = new LinkedHashSet<>(plainHosts);
        replaced = new LinkedHashMap<>(replaced);
        mirrors = new LinkedHashMap<>(mirrors);
        mirrors.replaceAll((registry, addresses) -> List.copyOf(addresses));
    }

    /** Returns the mirrors of a registry, in the order in which they are asked. */
    List<Endpoint> mirrorsOf(String registry) {
        return mirrors.getOrDefault(registry, List.of()).stream()
                .map(address -> new Endpoint(address, address.getAuthority()))
                .toList();
    }

    /** Returns the address of a registry, or the address that replaces it and has credentials of its own. */
    Endpoint of(String registry) {
        URI address = replaced.get(registry);
        if (address != null) {
            return new Endpoint(address, address.getAuthority());
        }
        if (registry.equals(DOCKER_HUB)) {
            return new Endpoint(URI.create("https://registry-1.docker.io"), registry);
        }
        URI https = URI.create("https://" + registry);
        return new Endpoint(isPlain(https) ? URI.create("http://" + registry) : https, registry);
    }

    /** Returns whether an address may be accessed by plain HTTP. */
    boolean mayBePlain(URI address) {
        return isPlain(address)
                || Stream.concat(
                                replaced.values().stream(),
                                mirrors.values().stream().flatMap(List::stream))
                        .anyMatch(named -> "http".equals(named.getScheme())
                                && named.getHost().equalsIgnoreCase(address.getHost()));
    }

    private boolean isPlain(URI address) {
        return plainHosts.contains(HostNames.of(address)) || plainHosts.contains(address.getHost());
    }

    /**
     * Returns the given address if it is a valid address of a registry.
     *
     * @throws IllegalArgumentException if it is not an HTTP address, or has a user
     */
    public static URI requireAddress(URI address) {
        if (address.getRawUserInfo() != null
                || String.valueOf(address.getRawAuthority()).contains("@")) {
            throw new IllegalArgumentException("the address of a registry has a user in front of its host; write"
                    + " https://HOST or http://HOST:PORT, and give the login with credentials(...)");
        }
        if (!Endpoint.isAddress(address)) {
            throw new IllegalArgumentException("'" + Printable.of(address.toString())
                    + "' is not the address of a registry; write https://HOST or http://HOST:PORT");
        }
        return address;
    }

    /**
     * Returns the given name if it is a host, or a host and a port. A name with a scheme or a path would never match.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static String requireHost(String host) {
        return requireHost("host", host);
    }

    /** Returns the given name if it is a host, or refuses it with the name of its parameter if it is null. */
    public static String requireHost(String parameter, String host) {
        Objects.requireNonNull(host, parameter);
        requireNoUser(host);
        if (host.isBlank() || host.contains("/")) {
            throw new IllegalArgumentException("'" + host + "' is not a host; write HOST or HOST:PORT");
        }
        return host;
    }

    /**
     * Returns the given name if it is a host, or a host and a path.
     *
     * @throws IllegalArgumentException if it is empty or has a scheme
     */
    public static String requirePrefix(String prefix) {
        requireNoUser(prefix);
        if (prefix.isBlank() || prefix.contains("://")) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' is neither a host nor a host and path; write HOST, HOST:PORT or HOST/PATH");
        }
        return prefix;
    }

    /** Refuses a name with a user. The message does not contain the name, which may include a password. */
    private static void requireNoUser(String host) {
        if (host.contains("@")) {
            throw new IllegalArgumentException("the name of a registry has a user in front of its host; write HOST"
                    + " or HOST:PORT, and give the login with credentials(...)");
        }
    }
}
