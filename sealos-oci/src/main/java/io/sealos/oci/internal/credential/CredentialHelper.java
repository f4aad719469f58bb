package io.sealos.oci.internal.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.internal.files.ExternalProcess;
import io.sealos.oci.RegistryCredential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs a credential helper with a time limit. A helper reads a host from its standard input and writes JSON to its
 * standard output.
 */
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

    /** The answer of a helper: a credential, a problem, or neither if the helper has no credential. */
    record Answer(Optional<RegistryCredential> credential, String problem) {
        static final Answer NONE = failed("");

        static Answer failed(String problem) {
            return new Answer(Optional.empty(), problem);
        }
    }

    Answer get(String server) throws InterruptedException {
        try (ExternalProcess process = ExternalProcess.start(new ProcessBuilder(program.toString(), "get"))) {
            return answer(process, server);
        } catch (IOException e) {
            return Answer.failed("failed: " + e.getMessage());
        }
    }

    private Answer answer(ExternalProcess helper, String server) throws IOException, InterruptedException {
        Process process = helper.process();
        ProcessOutput answer = ProcessOutput.of(process, process.getInputStream(), ANSWER_LIMIT);
        ProcessOutput errors = ProcessOutput.of(process, process.getErrorStream(), ANSWER_LIMIT);
        ask(process, server);
        if (!helper.endsWithin(limit)) {
            return Answer.failed("gave no answer within " + limit.toSeconds() + " s");
        }
        String output = answer.text(LAST_WORDS);
        if (helper.status() == 0) {
            return credential(output, server);
        }
        if (output.contains("credentials not found")) {
            return Answer.NONE;
        }
        String words = words(output);
        words = words.isEmpty() ? words(errors.text(LAST_WORDS)) : words;
        return Answer.failed("ended with status " + helper.status() + (words.isEmpty() ? "" : ": " + words));
    }

    /** Writes the host. A helper with a single login may end without reading it. */
    private static void ask(Process process, String server) {
        try (OutputStream question = process.getOutputStream()) {
            question.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The output or the exit status shows whether the helper failed.
            return;
        }
    }

    /** Returns the first line of the output of a failed helper; empty if it looks like an answer with a secret. */
    private static String words(String output) {
        if (output.contains("\"Secret\"")) {
            return "";
        }
        String line = output.lines().filter(text -> !text.isBlank()).findFirst().orElse("");
        String shown = line.replaceAll("\\p{Cntrl}", " ").strip();
        return shown.length() > MOST_WORDS ? shown.substring(0, MOST_WORDS) + "…" : shown;
    }

    private static Answer credential(String answer, String server) {
        JsonNode json;
        try {
            json = JSON.readTree(answer);
        } catch (IOException e) {
            // The message of the parser may quote the secret.
            return Answer.failed("gave an answer that is not JSON");
        }
        String user = json.path("Username").asText("");
        String secret = json.path("Secret").asText("");
        if (secret.isEmpty()) {
            return Answer.failed("has no secret for " + server);
        }
        RegistryCredential credential = user.equals(TOKEN_USER)
                ? RegistryCredential.identityToken(secret)
                : RegistryCredential.of(user, secret);
        return new Answer(Optional.of(credential), "");
    }
}
