package io.sealos.oci.internal.credential;

import java.util.Locale;
import java.util.Set;

/**
 * The key of a login in a file: a host, a host and a path, or an address with a scheme, which old versions of docker
 * and other tools have written. An address with any path stands for its host, as in {@code ConvertToHostname} of
 * Docker.
 */
record LoginKey(String name, boolean isAddress) {
    private static final Set<String> HUB = Set.of("index.docker.io", "registry-1.docker.io");

    static LoginKey parse(String key) {
        String text = key.strip();
        int scheme = text.indexOf("://");
        return new LoginKey(canonical(withoutEnd(scheme < 0 ? text : text.substring(scheme + 3))), scheme >= 0);
    }

    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '/') {
            end--;
        }
        String trimmed = name.substring(0, end);
        return trimmed.endsWith("/v1") || trimmed.endsWith("/v2")
                ? trimmed.substring(0, trimmed.length() - "/v1".length())
                : trimmed;
    }

    /** Returns the name with its host in lower case, and with the canonical name of Docker Hub. */
    private static String canonical(String name) {
        String host = host(name).toLowerCase(Locale.ROOT);
        return (HUB.contains(host) ? "docker.io" : host) + name.substring(host.length());
    }

    private static String host(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** Returns whether the key stands for a host, or for a host and a path. */
    boolean means(String prefix) {
        return name.equals(canonical(prefix));
    }

    /** Returns whether the key is an address at a host. */
    boolean isAddressAt(String host) {
        return isAddress && host(name).equals(canonical(host));
    }
}
