package io.sealos.oci.internal.credential;

import io.sealos.oci.RegistryCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that {@code docker login}, {@code podman login} and {@code skopeo login} stored, in the order of <a
 * href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>:
 * REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME, then Docker's config.json. Not thread-safe.
 */
public final class AuthFiles implements CredentialSource {
    private final List<Path> files = new ArrayList<>();
    private final CredentialHelpers helpers;

    public AuthFiles(Map<String, String> environment, Path home) {
        add(environment.get("REGISTRY_AUTH_FILE"), "");
        add(environment.get("XDG_RUNTIME_DIR"), "containers/auth.json");
        add(set(environment, "XDG_CONFIG_HOME", home + "/.config"), "containers/auth.json");
        add(set(environment, "DOCKER_CONFIG", home + "/.docker"), "config.json");
        helpers = new CredentialHelpers(environment);
    }

    /** Returns the value of a variable; an empty one counts as unset. */
    private static String set(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() ? otherwise : value;
    }

    private void add(@Nullable String directory, String name) {
        if (directory != null && !directory.isBlank()) {
            files.add(Path.of(directory).resolve(name));
        }
    }

    @Override
    public Optional<RegistryCredential> find(RepositoryName repository, Consumer<String> remarks)
            throws InterruptedException {
        for (Path path : files) {
            if (Files.isRegularFile(path)) {
                Optional<RegistryCredential> found = find(AuthFile.read(path, remarks), repository, remarks);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Finds a credential in the order of Docker: from the helper of the host, the helper of all hosts, or the file
     * itself.
     */
    private Optional<RegistryCredential> find(AuthFile file, RepositoryName repository, Consumer<String> remarks)
            throws InterruptedException {
        Optional<RegistryCredential> found = ask(file.helper(repository.host()), file, repository, remarks);
        if (found.isEmpty()) {
            found = ask(file.store(), file, repository, remarks);
        }
        return found.isPresent() ? found : file.find(repository, remarks);
    }

    /**
     * Calls a helper. A helper that is missing or fails is only reported as a remark, because the file may come from
     * another machine, and public images need no credential.
     */
    private Optional<RegistryCredential> ask(
            Optional<String> name, AuthFile file, RepositoryName repository, Consumer<String> remarks)
            throws InterruptedException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        CredentialHelper.Answer answer = helpers.get(name.get(), repository.host());
        if (!answer.problem().isEmpty()) {
            remarks.accept(
                    "docker-credential-" + name.get() + ", which " + file.path() + " names, " + answer.problem());
        }
        return answer.credential();
    }
}
