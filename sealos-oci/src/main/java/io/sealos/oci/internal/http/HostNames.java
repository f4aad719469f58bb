package io.sealos.oci.internal.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Looks up settings by host: {@code host:port} applies to this port, {@code host} to every port. */
public final class HostNames {
    private HostNames() {}

    static <V> Optional<V> find(Map<String, V> settings, URI address) {
        V exact = settings.get(of(address));
        return Optional.ofNullable(exact == null ? settings.get(address.getHost()) : exact);
    }

    /** Returns the port of an address, which is that of its scheme unless it has one. */
    public static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    /** Returns host and port for messages, without a user. */
    public static String of(URI address) {
        String authority = String.valueOf(address.getRawAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }
}
