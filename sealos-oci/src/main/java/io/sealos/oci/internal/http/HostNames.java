package io.sealos.oci.internal.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Looks up settings by host. A key {@code host:port} applies to this port, a key {@code host} to every port. */
public final class HostNames {
    private HostNames() {}

    static <V> Optional<V> find(Map<String, V> settings, URI address) {
        V exact = settings.get(of(address));
        return Optional.ofNullable(exact == null ? settings.get(address.getHost()) : exact);
    }

    /** Returns the port of an address, or the default port of its scheme if it has none. */
    public static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    /** Returns the host and port of an address for messages, without the user. */
    public static String of(URI address) {
        String authority = String.valueOf(address.getRawAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }
}
