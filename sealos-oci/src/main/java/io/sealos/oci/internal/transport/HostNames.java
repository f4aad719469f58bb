package io.sealos.oci.internal.transport;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Settings by host: {@code host:port} means that port only, {@code host} every port. */
final class HostNames {
    private HostNames() {}

    static <V> Optional<V> find(Map<String, V> settings, URI address) {
        V exact = settings.get(address.getAuthority());
        return Optional.ofNullable(exact == null ? settings.get(address.getHost()) : exact);
    }
}
