package io.sealos.oci.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One credential helper: asked for a host on its standard input, answering in JSON, within a time limit. */
final class CredentialHelper {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ANSWER_LIMIT = 1 << 16;
    private static final int MOST_WORDS = 200;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final String TOKEN_USER = "<token>";

    private final Path program;
    private final Duration limit;

    CredentialHelper(Path program, Duration limit) {
        this.program = program;
        this.limit = limit;
    }

    /** A credential, or the problem that keeps the helper from giving one; neither where it just knows none. */
    record Answer(Optional<Credential> credential, String problem) {
        static final Answer NONE = failed("");

        static Answer failed(String problem) {
            return new Answer(Optional.empty(), problem);
        }
    }

    Answer get(String server) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program.toString(), "get").start();
            try {
                return answer(process, server);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Answer.failed("failed: " + e.getMessage());
        }
    }

    /** An answer is smaller than a pipe holds, so it can be read when the helper has ended. */
    private Answer answer(Process process, String server) throws IOException, InterruptedException {
        CompletableFuture<String> errors = drain(process.getErrorStream());
        ask(process, server);
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return Answer.failed("gave no answer within " + limit.toSeconds() + " s");
        }
        byte[] answer = process.getInputStream().readNBytes(ANSWER_LIMIT);
        if (process.exitValue() == 0) {
            return credential(answer, server);
        }
        String output = new String(answer, StandardCharsets.UTF_8);
        if (output.contains("credentials not found")) {
            return Answer.NONE;
        }
        String words = words(output);
        words = words.isEmpty() ? words(lastWords(errors)) : words;
        return Answer.failed("ended with status " + process.exitValue() + (words.isEmpty() ? "" : ": " + words));
    }

    /** A helper that knows one login only may end without reading the question. */
    private static void ask(Process process, String server) {
        try (OutputStream question = process.getOutputStream()) {
            question.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Then its answer, or the status with which it has ended, says what there is to say.
            return;
        }
    }

    /** Reads on until the end, so that a helper that says much is not held up. */
    private static CompletableFuture<String> drain(InputStream errors) {
        CompletableFuture<String> read = new CompletableFuture<>();
        Thread thread = new Thread(() -> read.complete(text(errors)), "sealos-credential-helper");
        thread.setDaemon(true);
        thread.start();
        return read;
    }

    private static String text(InputStream errors) {
        try (errors) {
            byte[] beginning = errors.readNBytes(ANSWER_LIMIT);
            errors.transferTo(OutputStream.nullOutputStream());
            return new String(beginning, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String lastWords(CompletableFuture<String> errors) throws InterruptedException {
        try {
            return errors.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // A process that the helper has left behind keeps its output open.
            return "";
        }
    }

    /** The first line of what a failed helper says; nothing of what looks like an answer with a secret. */
    private static String words(String output) {
        if (output.contains("\"Secret\"")) {
            return "";
        }
        String line = output.lines().filter(text -> !text.isBlank()).findFirst().orElse("");
        String shown = line.replaceAll("\\p{Cntrl}", " ").strip();
        return shown.length() > MOST_WORDS ? shown.substring(0, MOST_WORDS) + "…" : shown;
    }

    private static Answer credential(byte[] answer, String server) {
        JsonNode json;
        try {
            json = JSON.readTree(answer);
        } catch (IOException e) {
            // The parser's own message may quote the secret.
            return Answer.failed("gave an answer that is no JSON");
        }
        String user = json.path("Username").asText("");
        String secret = json.path("Secret").asText("");
        if (secret.isEmpty()) {
            return Answer.failed("has no secret for " + server);
        }
        Credential credential =
                user.equals(TOKEN_USER) ? Credential.identityToken(secret) : Credential.of(user, secret);
        return new Answer(Optional.of(credential), "");
    }
}
