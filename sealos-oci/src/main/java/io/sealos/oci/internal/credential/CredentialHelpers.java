package io.sealos.oci.internal.credential;

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
 * Finds the programs {@code docker-credential-NAME} on the PATH, and calls each once for each host. Not thread-safe.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">the protocol of helpers</a>
 */
final class CredentialHelpers {
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final String searchPath;
    private final Map<String, CredentialHelper.Answer> answers = new HashMap<>();

    CredentialHelpers(Map<String, String> environment) {
        searchPath = environment.getOrDefault("PATH", "");
    }

    CredentialHelper.Answer get(String name, String host) throws InterruptedException {
        String server = host.equals("docker.io") ? HUB_KEY : host;
        String question = name + " " + server;
        CredentialHelper.Answer answer = answers.get(question);
        if (answer == null) {
            answer = ask(name, server);
            answers.put(question, answer);
        }
        return answer;
    }

    private CredentialHelper.Answer ask(String name, String server) throws InterruptedException {
        Optional<Path> program = find(name);
        return program.isPresent()
                ? new CredentialHelper(program.get(), LIMIT).get(server)
                : CredentialHelper.Answer.failed("is not on the PATH");
    }

    private Optional<Path> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Collections.list(new StringTokenizer(searchPath, File.pathSeparator)).stream()
                .map(String::valueOf)
                .filter(directory -> !directory.isBlank())
                .flatMap(directory -> List.of("", ".exe", ".cmd").stream()
                        .map(suffix -> Path.of(directory, "docker-credential-" + name + suffix)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
