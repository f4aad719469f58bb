package io.sealos.oci.internal.client;

import io.sealos.oci.internal.http.HostNames;
import java.net.URI;

/**
 * An address that serves the images of a registry: that of the registry itself, of a replacement, or of a mirror. A
 * path in the address precedes the repository, as in {@code https://harbor.example/hub-proxy}.
 *
 * @param address the address
 * @param credentialHost the host under which its credentials are looked up
 */
record Endpoint(URI address, String credentialHost) {
    String host() {
        return address.getAuthority();
    }

    /** Returns the path of a repository at this address. */
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

    /**
     * Returns whether two addresses have the same scheme, host and port. Credentials are not sent to any other address.
     */
    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(String.valueOf(other.getHost()))
                && HostNames.port(one) == HostNames.port(other);
    }
}
