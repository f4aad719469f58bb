package io.sealos.oci.internal.credential;

import java.util.ArrayList;
import java.util.List;

/**
 * The name under which credentials for a repository are stored.
 *
 * @param host the registry's host
 * @param path the path of the repository
 */
public record RepositoryName(String host, String path) {
    /** Returns the name, then each shorter path, down to the host. */
    List<String> prefixes() {
        String name = toString();
        List<String> prefixes = new ArrayList<>(List.of(name));
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            prefixes.add(name.substring(0, slash));
        }
        return prefixes;
    }

    @Override
    public String toString() {
        return host + "/" + path;
    }
}
