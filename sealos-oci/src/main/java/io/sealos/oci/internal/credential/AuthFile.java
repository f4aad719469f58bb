package io.sealos.oci.internal.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.internal.text.LimitedFile;
import io.sealos.oci.RegistryCredential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A login file with its credentials and the names of its credential helpers. */
final class AuthFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int LARGEST = 4 << 20;

    private final Path path;
    private final JsonNode content;

    private AuthFile(Path path, JsonNode content) {
        this.path = path;
        this.content = content;
    }

    /** Reads a file. If it cannot be read, the problem is reported as a remark, and the result has no logins. */
    static AuthFile read(Path path, Consumer<String> remarks) {
        try {
            return new AuthFile(
                    path, JSON.readTree(LimitedFile.read(path, LARGEST, "log out where logins are no longer needed")));
        } catch (IOException e) {
            // The message of the parser may quote the file, including a secret.
            remarks.accept("the logins in " + path + " cannot be read; repair the file or log in again");
            return new AuthFile(path, JSON.createObjectNode());
        }
    }

    Path path() {
        return path;
    }

    /** Returns the name of the credential helper of a host. */
    Optional<String> helper(String host) {
        return entries("credHelpers", host).stream()
                .map(entry -> entry.getValue().asText(""))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /** Returns the name of the credential helper of all hosts. */
    Optional<String> store() {
        return Optional.of(content.path("credsStore").asText("")).filter(name -> !name.isEmpty());
    }

    /** Returns the credential with the longest path that matches the repository. */
    Optional<RegistryCredential> find(RepositoryName repository, Consumer<String> remarks) {
        for (String prefix : repository.prefixes()) {
            for (Map.Entry<String, JsonNode> entry : entries("auths", prefix)) {
                Optional<RegistryCredential> credential = credential(entry.getKey(), entry.getValue(), remarks);
                if (credential.isPresent()) {
                    return credential;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the entries for a host, or for a host and a path: first those with exactly this key, then those with an
     * equivalent key.
     */
    private List<Map.Entry<String, JsonNode>> entries(String part, String prefix) {
        List<Map.Entry<String, JsonNode>> exact = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> same = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> ofHost = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : content.path(part).properties()) {
            LoginKey key = LoginKey.parse(entry.getKey());
            if (entry.getKey().equals(prefix)) {
                exact.add(entry);
            } else if (key.means(prefix)) {
                same.add(entry);
            } else if (key.isAddressAt(prefix)) {
                ofHost.add(entry);
            }
        }
        exact.addAll(same);
        exact.addAll(ofHost);
        return exact;
    }

    private Optional<RegistryCredential> credential(String key, JsonNode entry, Consumer<String> remarks) {
        String identityToken = entry.path("identitytoken").asText("");
        if (!identityToken.isEmpty()) {
            return Optional.of(RegistryCredential.identityToken(identityToken));
        }
        String readyToken = entry.path("registrytoken").asText("").strip();
        if (!readyToken.isEmpty()) {
            return Optional.of(RegistryCredential.registryToken(readyToken));
        }
        String auth = entry.path("auth").asText("");
        Optional<RegistryCredential> credential = decoded(auth).or(() -> spelledOut(entry));
        if (credential.isEmpty() && !auth.isBlank()) {
            remarks.accept("the login for " + key + " in " + path + " cannot be decoded; log in again");
        }
        return credential;
    }

    private static Optional<RegistryCredential> spelledOut(JsonNode entry) {
        String user = entry.path("username").asText("");
        String password = entry.path("password").asText("");
        return user.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(RegistryCredential.of(user, password));
    }

    /** Decodes USER:SECRET in Base64, which some tools break into lines or pad with zeros. */
    private static Optional<RegistryCredential> decoded(String auth) {
        String pair;
        try {
            byte[] bytes = Base64.getDecoder().decode(auth.replaceAll("\\s", ""));
            pair = withoutEnd(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        return colon < 0 || pair.length() == 1
                ? Optional.empty()
                : Optional.of(RegistryCredential.of(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    private static String withoutEnd(String pair) {
        int end = pair.length();
        while (end > 0 && (pair.charAt(end - 1) == '\n' || pair.charAt(end - 1) == '\r' || pair.charAt(end - 1) == 0)) {
            end--;
        }
        return pair.substring(0, end);
    }
}
