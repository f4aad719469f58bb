package io.sealos.oci.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialHelperTests {
    private static final RepositoryName IMAGE = new RepositoryName("h:5000", "team/x");

    @TempDir
    Path home;

    @BeforeEach
    void needShell() {
        assumeThat(Path.of("/bin/sh")).as("helpers can be shell scripts here").isExecutable();
    }

    @Test
    void getWhenHelperKnowsTheHostReturnsItsAnswer() throws Exception {
        Path helper =
                helper("a", "read server; echo \"{\\\"Username\\\":\\\"$1 of $server\\\",\\\"Secret\\\":\\\"s\\\"}\"");

        Credential found = get(helper).get("h:5000", IMAGE).orElseThrow();

        assertThat(found.user).isEqualTo("get of h:5000");
        assertThat(found.secret).isEqualTo("s");
    }

    @Test
    void getWhenUserIsTokenReturnsAnIdentityToken() throws Exception {
        Path helper = helper("a", "read server; echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");

        assertThat(get(helper).get("h", IMAGE).orElseThrow().identityToken).isEqualTo("t");
    }

    @Test
    void getWhenHelperKnowsNothingReturnsNothing() throws Exception {
        Path helper = helper("a", "read server; echo 'credentials not found in native keychain'; exit 1");

        assertThat(get(helper).get("h", IMAGE)).isEmpty();
    }

    @Test
    void getWhenHelperGivesNoAnswerEndsItInTime() throws IOException {
        Path helper = helper("a", "sleep 60");

        long begin = System.nanoTime();
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> get(helper).get("h", IMAGE))
                .withMessage("h:5000/team/x: the credential helper docker-credential-a gave no answer within 1 s; run"
                        + " it by hand, or log in without it");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void getWhenHelperFailsKeepsWhatItSaysToItself() throws IOException {
        Path failing = helper("a", "read server; echo marker-secret; echo marker-secret >&2; exit 3");
        Path garbled = helper("b", "read server; echo '{\"Secret\": marker-secret'");
        Path empty = helper("c", "read server; echo '{\"Username\":\"marker-secret\"}'");

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> get(failing).get("h", IMAGE))
                .withMessageContaining("docker-credential-a ended with status 3")
                .satisfies(CredentialHelperTests::hasNoSecret);
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> get(garbled).get("h", IMAGE))
                .withMessageContaining("docker-credential-b gave an answer that is no JSON")
                .satisfies(CredentialHelperTests::hasNoSecret);
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> get(empty).get("h", IMAGE))
                .withMessageContaining("docker-credential-c gave an answer without a secret")
                .satisfies(CredentialHelperTests::hasNoSecret);
    }

    @Test
    void findWhenFileNamesHelpersAsksThatOfTheHostThenTheLoginsThenTheStore() throws Exception {
        String answer = "read s; echo x >> " + home + "/asked; printf '{\"Username\":\"%s\",\"Secret\":\"s\"}' NAME-$s";
        helper("own", answer.replace("NAME", "own"));
        helper("store", answer.replace("NAME", "store"));
        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"credHelpers\":{\"h:5000\":\"own\"},\"credsStore\":\"store\","
                        + "\"auths\":{\"h:5000\":{\"auth\":\"bG9naW46cw==\"},\"i\":{\"auth\":\"bG9naW46cw==\"}}}");
        AuthFiles files = new AuthFiles(Map.of("PATH", home.toString()), home);

        assertThat(user(files, "h:5000", "a")).isEqualTo("own-h:5000");
        assertThat(user(files, "h:5000", "b")).isEqualTo("own-h:5000");
        assertThat(user(files, "i", "a")).isEqualTo("login");
        assertThat(user(files, "docker.io", "library/a")).isEqualTo("store-https://index.docker.io/v1/");
        assertThat(Files.readAllLines(home.resolve("asked"))).hasSize(2);
    }

    @Test
    void findWhenHelperOfTheHostIsMissingOrNoNameSaysSo() throws IOException {
        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"), "{\"credHelpers\":{\"a\":\"gone\",\"b\":\"../bin/sh\"}}");
        AuthFiles files = new AuthFiles(Map.of("PATH", home.toString()), home);

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> user(files, "a", "x"))
                .withMessage("a/x: the credential helper docker-credential-gone is not on the PATH; install it or log"
                        + " in without it");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> user(files, "b", "x"))
                .withMessageContaining("docker-credential-../bin/sh is not on the PATH");
    }

    private static CredentialHelper get(Path helper) {
        return new CredentialHelper(helper, Duration.ofSeconds(1));
    }

    private static void hasNoSecret(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("marker-secret");
        }
    }

    private static String user(AuthFiles files, String host, String path) throws Exception {
        return files.find(new RepositoryName(host, path)).orElseThrow().user;
    }

    private Path helper(String name, String script) throws IOException {
        Path file = Files.writeString(home.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
