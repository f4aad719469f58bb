package io.sealos.oci.internal.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that {@code docker login}, {@code podman login} and {@code skopeo login} left, in the order of <a
 * href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>:
 * REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME, then Docker's config.json. Not thread-safe.
 */
final class AuthFiles implements CredentialSource {
    private final List<Path> files = new ArrayList<>();
    private final CredentialHelpers helpers;
    private final Set<String> remarks = new LinkedHashSet<>();

    AuthFiles(Map<String, String> environment, Path home) {
        add(environment.get("REGISTRY_AUTH_FILE"), "");
        add(environment.get("XDG_RUNTIME_DIR"), "containers/auth.json");
        add(environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config"), "containers/auth.json");
        add(environment.getOrDefault("DOCKER_CONFIG", home + "/.docker"), "config.json");
        helpers = new CredentialHelpers(environment);
    }

    private void add(@Nullable String folder, String name) {
        if (folder != null && !folder.isBlank()) {
            files.add(Path.of(folder).resolve(name));
        }
    }

    @Override
    public Optional<Credential> find(RepositoryName repository) throws TransferException, InterruptedException {
        for (Path path : files) {
            if (Files.isRegularFile(path)) {
                Optional<Credential> found = find(AuthFile.read(path, repository), repository);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The helper of the host itself, what the file has, and then the helper for all hosts. */
    private Optional<Credential> find(AuthFile file, RepositoryName repository)
            throws TransferException, InterruptedException {
        Optional<Credential> found = Optional.empty();
        Optional<String> own = file.helper(repository.host());
        if (own.isPresent()) {
            found = helpers.get(own.get(), repository);
        }
        if (found.isEmpty()) {
            found = file.find(repository);
        }
        return found.isPresent() ? found : fromStore(file, repository);
    }

    /** A file that came from another machine may name a store that is not here; public images need none. */
    private Optional<Credential> fromStore(AuthFile file, RepositoryName repository)
            throws TransferException, InterruptedException {
        Optional<String> store = file.store();
        if (store.isEmpty()) {
            return Optional.empty();
        }
        if (!helpers.isInstalled(store.get())) {
            remarks.add("docker-credential-" + store.get() + ", which " + file.path() + " names, is not on the PATH");
            return Optional.empty();
        }
        return helpers.get(store.get(), repository);
    }

    @Override
    public String remark() {
        return String.join("; ", remarks);
    }
}
