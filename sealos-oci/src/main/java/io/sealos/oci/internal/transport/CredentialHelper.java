package io.sealos.oci.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One credential helper: asked for a host on its standard input, answering in JSON, within a time limit. */
final class CredentialHelper {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ANSWER_LIMIT = 1 << 16;
    private static final String TOKEN_USER = "<token>";

    private final Path program;
    private final Duration limit;

    CredentialHelper(Path program, Duration limit) {
        this.program = program;
        this.limit = limit;
    }

    Optional<Credential> get(String server, RepositoryName repository) throws TransferException, InterruptedException {
        try {
            Process process = new ProcessBuilder(program.toString(), "get")
                    .redirectError(Redirect.DISCARD)
                    .start();
            try {
                return answer(process, server, repository);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw e instanceof TransferException known ? known : failed(repository, "failed: " + e.getMessage());
        }
    }

    /** An answer is smaller than a pipe holds, so it can be read when the helper has ended. */
    private Optional<Credential> answer(Process process, String server, RepositoryName repository)
            throws IOException, InterruptedException {
        try (OutputStream question = process.getOutputStream()) {
            question.write(server.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failed(repository, "gave no answer within " + limit.toSeconds() + " s");
        }
        byte[] answer = process.getInputStream().readNBytes(ANSWER_LIMIT);
        if (process.exitValue() == 0) {
            return Optional.of(credential(answer, repository));
        }
        if (new String(answer, StandardCharsets.UTF_8).contains("credentials not found")) {
            return Optional.empty();
        }
        throw failed(repository, "ended with status " + process.exitValue());
    }

    private Credential credential(byte[] answer, RepositoryName repository) throws TransferException {
        JsonNode json;
        try {
            json = JSON.readTree(answer);
        } catch (IOException e) {
            // The parser's own message may quote the secret.
            throw failed(repository, "gave an answer that is no JSON");
        }
        String user = json.path("Username").asText("");
        String secret = json.path("Secret").asText("");
        if (secret.isEmpty()) {
            throw failed(repository, "gave an answer without a secret");
        }
        return user.equals(TOKEN_USER) ? Credential.identityToken(secret) : Credential.of(user, secret);
    }

    private TransferException failed(RepositoryName repository, String problem) {
        return new TransferException(
                repository.toString(),
                "",
                0,
                "the credential helper " + program.getFileName() + " " + problem,
                "run it by hand, or log in without it");
    }
}
