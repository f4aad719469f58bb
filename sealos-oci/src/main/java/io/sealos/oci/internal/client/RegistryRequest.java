package io.sealos.oci.internal.client;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** What a request is about: the image, the address that is asked, the path there, and what may be done to it. */
record RegistryRequest(
        RemoteImage image, Endpoint endpoint, String rest, String actions, List<String> readRepositories) {
    private static final String PULL = "pull";
    private static final String PUSH = "pull,push";

    static RegistryRequest pull(RemoteImage image, Endpoint endpoint, String rest) {
        return new RegistryRequest(image, endpoint, rest, PULL, List.of());
    }

    static RegistryRequest push(RemoteImage image, Endpoint endpoint, String rest) {
        return new RegistryRequest(image, endpoint, rest, PUSH, List.of());
    }

    /** The same, at another path. */
    RegistryRequest at(String path) {
        return new RegistryRequest(image, endpoint, path, actions, readRepositories);
    }

    /** The same, with leave to read another repository, too. */
    RegistryRequest reading(String repository) {
        return new RegistryRequest(image, endpoint, rest, actions, List.of(repository));
    }

    boolean isPush() {
        return actions.equals(PUSH);
    }

    /** The digest of the blob that is asked for; empty where something else is. */
    String blob() {
        return rest.startsWith("/blobs/sha") ? rest.substring("/blobs/".length()) : "";
    }

    URI uri() {
        return endpoint.uri(image, rest);
    }

    /** As <a href="https://distribution.github.io/distribution/spec/auth/scope/">token servers</a> want them. */
    List<String> scopes() {
        return Stream.concat(
                        Stream.of(scope(endpoint.repository(image), actions)),
                        readRepositories.stream().map(repository -> scope(repository, PULL)))
                .toList();
    }

    private static String scope(String repository, String actions) {
        return "repository:" + repository + ":" + actions;
    }
}
