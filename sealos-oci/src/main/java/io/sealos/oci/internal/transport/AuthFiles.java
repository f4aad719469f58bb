package io.sealos.oci.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that {@code docker login}, {@code podman login} and {@code skopeo login} left, in the order of <a
 * href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>:
 * REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME, then Docker's config.json. Credential helpers are not run.
 */
final class AuthFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Path> files;

    private AuthFiles(List<Path> files) {
        this.files = files;
    }

    static AuthFiles of(Map<String, String> environment, Path home) {
        List<Path> files = new ArrayList<>();
        add(files, environment.get("REGISTRY_AUTH_FILE"), "");
        add(files, environment.get("XDG_RUNTIME_DIR"), "containers/auth.json");
        add(files, environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config"), "containers/auth.json");
        add(files, environment.getOrDefault("DOCKER_CONFIG", home + "/.docker"), "config.json");
        return new AuthFiles(files);
    }

    private static void add(List<Path> files, @Nullable String folder, String name) {
        if (folder != null && !folder.isBlank()) {
            files.add(Path.of(folder).resolve(name));
        }
    }

    Optional<Credential> find(String registry, String repository) throws TransferException {
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                JsonNode auths = read(file, registry + "/" + repository).path("auths");
                Optional<Credential> found = find(auths, registry, repository);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static JsonNode read(Path file, String image) throws TransferException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            // The parser's own message may quote the file, and with it a secret.
            throw new TransferException(
                    image, "", 0, "the credentials in " + file + " cannot be read", "repair the file or log in anew");
        }
    }

    private static Optional<Credential> find(JsonNode auths, String registry, String repository) {
        for (String prefix : prefixes(registry + "/" + repository)) {
            for (String key : spellings(prefix)) {
                Optional<Credential> credential = credential(auths.path(key));
                if (credential.isPresent()) {
                    return credential;
                }
            }
        }
        return Optional.empty();
    }

    /** The name itself, then each shorter path, down to the host. */
    static List<String> prefixes(String name) {
        List<String> prefixes = new ArrayList<>(List.of(name));
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            prefixes.add(name.substring(0, slash));
        }
        return prefixes;
    }

    private static List<String> spellings(String prefix) {
        List<String> names = new ArrayList<>(List.of(prefix));
        if (prefix.equals("docker.io")) {
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
