package io.sealos.oci.internal.transport;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/**
 * Finds the programs {@code docker-credential-NAME} on the PATH and asks each once for each host. Not thread-safe.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">the protocol of helpers</a>
 */
final class CredentialHelpers {
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final String searchPath;
    private final Map<String, Optional<Credential>> answers = new HashMap<>();

    CredentialHelpers(Map<String, String> environment) {
        searchPath = environment.getOrDefault("PATH", "");
    }

    boolean isInstalled(String name) {
        return find(name).isPresent();
    }

    Optional<Credential> get(String name, RepositoryName repository) throws TransferException, InterruptedException {
        String server = repository.host().equals("docker.io") ? HUB_KEY : repository.host();
        String question = name + " " + server;
        Optional<Credential> answer = answers.get(question);
        if (answer == null) {
            answer = ask(name, server, repository);
            answers.put(question, answer);
        }
        return answer;
    }

    private Optional<Credential> ask(String name, String server, RepositoryName repository)
            throws TransferException, InterruptedException {
        Path program = find(name)
                .orElseThrow(() -> new TransferException(
                        repository.toString(),
                        "",
                        0,
                        "the credential helper docker-credential-" + name + " is not on the PATH",
                        "install it or log in without it"));
        return new CredentialHelper(program, LIMIT).get(server, repository);
    }

    private Optional<Path> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Collections.list(new StringTokenizer(searchPath, File.pathSeparator)).stream()
                .map(String::valueOf)
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> List.of("", ".exe", ".cmd").stream()
                        .map(suffix -> Path.of(folder, "docker-credential-" + name + suffix)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
