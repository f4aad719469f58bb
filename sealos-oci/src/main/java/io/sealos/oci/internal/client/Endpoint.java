package io.sealos.oci.internal.client;

import io.sealos.oci.internal.http.HostNames;
import java.net.URI;

/**
 * An address that serves a registry's images: the registry itself, what stands in for it, or a mirror. A path of the
 * address goes before the repository, as in {@code https://harbor.example/hub-proxy}.
 */
record Endpoint(URI address, String credentialHost) {
    String host() {
        return address.getAuthority();
    }

    /** The repository as this address calls it. */
    String repository(RemoteImage image) {
        return repository(image.repository());
    }

    String repository(String name) {
        String path = address.getPath();
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (start < end && path.charAt(end - 1) == '/') {
            end--;
        }
        return start == end ? name : path.substring(start, end) + "/" + name;
    }

    URI uri(RemoteImage image, String rest) {
        return URI.create(address.getScheme() + "://" + host() + "/v2/" + repository(image) + rest);
    }

    static boolean isAddress(URI address) {
        return address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    }

    /** Whether both are of one scheme, host and port: only then may a credential go from one to the other. */
    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(String.valueOf(other.getHost()))
                && HostNames.port(one) == HostNames.port(other);
    }
}
