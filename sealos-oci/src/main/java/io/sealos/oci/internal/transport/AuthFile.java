package io.sealos.oci.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.text.LimitedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** One file of logins, with its credentials and the names of its credential helpers. */
final class AuthFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCKER_HUB = "docker.io";

    private static final int LARGEST = 4 << 20;

    private final Path path;
    private final JsonNode content;

    private AuthFile(Path path, JsonNode content) {
        this.path = path;
        this.content = content;
    }

    static AuthFile read(Path path, RepositoryName repository) throws TransferException {
        try {
            return new AuthFile(
                    path, JSON.readTree(LimitedFile.read(path, LARGEST, "log out where logins are no longer needed")));
        } catch (IOException e) {
            // The parser's own message may quote the file, and with it a secret.
            throw new TransferException(
                    repository.toString(),
                    "",
                    0,
                    "the credentials in " + path + " cannot be read",
                    "repair the file or log in anew");
        }
    }

    Path path() {
        return path;
    }

    /** The helper for this host only. */
    Optional<String> helper(String host) {
        return spellings(host).stream()
                .map(key -> content.path("credHelpers").path(key).asText(""))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /** The helper for all hosts. */
    Optional<String> store() {
        return Optional.of(content.path("credsStore").asText("")).filter(name -> !name.isEmpty());
    }

    /** The entry of the longest path. */
    Optional<Credential> find(RepositoryName repository) {
        for (String prefix : repository.prefixes()) {
            for (String key : spellings(prefix)) {
                Optional<Credential> credential =
                        credential(content.path("auths").path(key));
                if (credential.isPresent()) {
                    return credential;
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> spellings(String prefix) {
        List<String> names = new ArrayList<>(List.of(prefix));
        if (prefix.equals(DOCKER_HUB)) {
            names.addAll(List.of("index.docker.io", "registry-1.docker.io"));
        }
        List<String> keys = new ArrayList<>();
        for (String name : names) {
            keys.addAll(List.of(name, "https://" + name, "https://" + name + "/v1/", "https://" + name + "/v2/"));
            keys.addAll(List.of("https://" + name + "/", "http://" + name, name + "/v1/"));
        }
        return keys;
    }

    private static Optional<Credential> credential(JsonNode entry) {
        String identityToken = entry.path("identitytoken").asText("");
        if (!identityToken.isEmpty()) {
            return Optional.of(Credential.identityToken(identityToken));
        }
        String pair = decoded(entry.path("auth").asText(""));
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(Credential.of(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    private static String decoded(String auth) {
        try {
            return new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
