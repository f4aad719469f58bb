package io.sealos.oci.internal.client;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * The target of a request to a registry.
 *
 * @param image the image
 * @param endpoint the address to which the request is sent
 * @param rest the path below the repository
 * @param actions the actions for which a token is requested
 * @param readRepositories further repositories that are read
 */
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

    /** Returns this request with another path. */
    RegistryRequest at(String path) {
        return new RegistryRequest(image, endpoint, path, actions, readRepositories);
    }

    /** Returns this request with permission to read another repository, too. */
    RegistryRequest reading(String repository) {
        return new RegistryRequest(image, endpoint, rest, actions, List.of(repository));
    }

    boolean isPush() {
        return actions.equals(PUSH);
    }

    /** Returns the digest of the requested blob; empty if this is not a request for a blob. */
    String blob() {
        return rest.startsWith("/blobs/sha") ? rest.substring("/blobs/".length()) : "";
    }

    URI uri() {
        return endpoint.uri(image, rest);
    }

    /**
     * Returns the scopes in the form that <a href="https://distribution.github.io/distribution/spec/auth/scope/">token
     * servers</a> expect.
     */
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
