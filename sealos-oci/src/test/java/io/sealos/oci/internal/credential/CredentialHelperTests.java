package io.sealos.oci.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.RegistryCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialHelperTests {
    private final List<String> remarks = new ArrayList<>();

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

        RegistryCredential found = get(helper).get("h:5000").credential().orElseThrow();

        assertThat(found.user().orElse("")).isEqualTo("get of h:5000");
        assertThat(found.secret()).isEqualTo("s");
    }

    @Test
    void getWhenUserIsTokenReturnsAnIdentityToken() throws Exception {
        Path helper = helper("a", "read server; echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");

        assertThat(get(helper).get("h").credential()).contains(RegistryCredential.identityToken("t"));
    }

    @Test
    void getWhenHelperKnowsNothingReturnsNothing() throws Exception {
        Path helper = helper("a", "read server; echo 'credentials not found in native keychain'; exit 1");

        assertThat(get(helper).get("h")).isEqualTo(CredentialHelper.Answer.NONE);
    }

    @Test
    void getWhenHelperGivesNoAnswerEndsItInTime() throws Exception {
        Path helper = helper("a", "sleep 60");

        long begin = System.nanoTime();
        assertThat(problem(helper)).isEqualTo("gave no answer within 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    /** By the protocol a helper says on its output why it failed; many say it on the other one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read s; echo 'pass not initialized'; exit 1| ended with status 1: pass not initialized",
                "read s; echo 'no such profile' >&2; exit 3| ended with status 3: no such profile",
                "read s; echo noise >&2; echo 'the reason'; exit 1| ended with status 1: the reason",
                "read s; printf '\\n\\033[31mred\\nmore' >&2; exit 1| ended with status 1: [31mred",
                "read s; exit 2| ended with status 2",
                "read s; printf %0300d 0; exit 1| ended with status 1: ZEROS"
            })
    void getWhenHelperFailsGivesItsWords(String script, String expected) throws Exception {
        Path helper = helper("a", script);

        assertThat(problem(helper)).isEqualTo(expected.replace("ZEROS", "0".repeat(200) + "…"));
    }

    @Test
    void getWhenHelperSaysMuchIsNotHeldUp() throws Exception {
        Path helper =
                helper("a", "read s; head -c 1000000 /dev/zero >&2; echo '{\"Username\":\"u\",\"Secret\":\"s\"}'");

        assertThat(get(helper).get("h").credential()).isPresent();
    }

    @Test
    void getWhenHelperDoesNotReadItsInputTakesItsAnswer() throws Exception {
        Path answering = helper("a", "exec <&-; echo '{\"Username\":\"u\",\"Secret\":\"s\"}'");
        Path failing = helper("b", "exec <&-; echo 'locked'; exit 1");
        String longName = "h".repeat(200_000);

        assertThat(get(answering).get(longName).credential()).isPresent();
        assertThat(get(failing).get(longName).problem()).isEqualTo("ended with status 1: locked");
    }

    /** Uses a helper that starts an agent. */
    @Test
    void getWhenHelperLeavesAProcessBehindTakesItsAnswer() throws Exception {
        Path helper = helper("a", "read s; sleep 30 & echo '{\"Username\":\"u\",\"Secret\":\"s\"}'");
        Path failing = helper("b", "read s; sleep 30 & echo locked; exit 1");

        long begin = System.nanoTime();
        assertThat(get(helper).get("h").credential()).isPresent();
        assertThat(get(failing).get("h").problem()).isEqualTo("ended with status 1: locked");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void getWhenHelperCannotBeRunSaysSo() throws Exception {
        Path helper = helper("a", "");
        Files.writeString(helper, "#!/no/such/program\n");

        assertThat(problem(helper)).startsWith("failed: ").contains("docker-credential-a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ServerURL\":\"\",\"Username\":\"\",\"Secret\":\"\"}",
                "{\"Username\":\"marker-secret\"}",
                "{}",
                "null",
                ""
            })
    void getWhenHelperHasNoSecretGivesNoCredential(String answer) throws Exception {
        Path helper = helper("a", "read s; echo '" + answer + "'");

        assertThat(get(helper).get("h:5000")).isEqualTo(CredentialHelper.Answer.failed("has no secret for h:5000"));
    }

    @Test
    void getWhenAnswerMayHaveASecretKeepsItToItself() throws Exception {
        Path failing = helper("a", "read s; echo '{\"Secret\": \"marker-secret\"}'; exit 3");
        Path garbled = helper("b", "read s; echo '{\"Secret\": marker-secret'");

        assertThat(problem(failing)).isEqualTo("ended with status 3");
        assertThat(problem(garbled)).isEqualTo("gave an answer that is not JSON");
    }

    @Test
    void findWhenFileNamesHelpersAsksThatOfTheHostThenTheStoreThenTakesTheLogins() throws Exception {
        String answer = "read s; echo x >> " + home + "/asked; printf '{\"Username\":\"%s\",\"Secret\":\"s\"}' NAME-$s";
        helper("own", answer.replace("NAME", "own"));
        helper(
                "store",
                "read s; test $s = k && exit 1; echo $s >/dev/null; "
                        + answer.replace("read s; ", "").replace("NAME", "store"));
        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"credHelpers\":{\"h:5000\":\"own\"},\"credsStore\":\"store\","
                        + "\"auths\":{\"h:5000\":{\"auth\":\"bG9naW46cw==\"},\"i\":{\"auth\":\"bG9naW46cw==\"},"
                        + "\"k\":{\"auth\":\"bG9naW46cw==\"}}}");
        AuthFiles files = new AuthFiles(Map.of("PATH", home.toString()), home);

        assertThat(user(files, "h:5000", "a")).isEqualTo("own-h:5000");
        assertThat(user(files, "h:5000", "b")).isEqualTo("own-h:5000");
        assertThat(user(files, "i", "a")).isEqualTo("store-i");
        assertThat(user(files, "k", "a")).isEqualTo("login");
        assertThat(user(files, "docker.io", "library/a")).isEqualTo("store-https://index.docker.io/v1/");
        assertThat(Files.readAllLines(home.resolve("asked"))).hasSize(3);
    }

    @Test
    void findWhenHelpersAreMissingOrFailGoesOnWithTheLogins() throws Exception {
        helper("broken", "read s; echo 'locked'; exit 1");
        Files.createDirectory(home.resolve(".docker"));
        Path file = Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"credHelpers\":{\"a\":\"gone\",\"b\":\"../bin/sh\"},\"credsStore\":\"broken\","
                        + "\"auths\":{\"a\":{\"auth\":\"bG9naW46cw==\"}}}");
        AuthFiles files = new AuthFiles(Map.of("PATH", home.toString()), home);

        assertThat(user(files, "a", "x")).isEqualTo("login");
        assertThat(remarks)
                .containsExactly(
                        "docker-credential-gone, which " + file + " names, is not on the PATH",
                        "docker-credential-broken, which " + file + " names, ended with status 1: locked");
        remarks.clear();
        assertThat(files.find(new RepositoryName("b", "x"), remarks::add)).isEmpty();
        assertThat(remarks)
                .containsExactly(
                        "docker-credential-../bin/sh, which " + file + " names, is not on the PATH",
                        "docker-credential-broken, which " + file + " names, ended with status 1: locked");
    }

    @Test
    void findWhenKeyOfTheHelperIsAnAddressAsksIt() throws Exception {
        helper("own", "read s; echo \"{\\\"Username\\\":\\\"$s\\\",\\\"Secret\\\":\\\"s\\\"}\"");
        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), "{\"credHelpers\":{\"https://H:5000/v2/\":\"own\"}}");

        assertThat(user(new AuthFiles(Map.of("PATH", home.toString()), home), "h:5000", "x"))
                .isEqualTo("h:5000");
    }

    private String problem(Path helper) throws Exception {
        return get(helper).get("h").problem();
    }

    private static CredentialHelper get(Path helper) {
        return new CredentialHelper(helper, Duration.ofSeconds(1));
    }

    private String user(AuthFiles files, String host, String path) throws Exception {
        return files.find(new RepositoryName(host, path), remarks::add)
                .orElseThrow()
                .user()
                .orElse("");
    }

    private Path helper(String name, String script) throws IOException {
        Path file = Files.writeString(home.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
