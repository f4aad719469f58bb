package io.sealos.oci.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthFilesTests {
    @TempDir
    Path home;

    @Test
    void findWhenSeveralPathsMatchTakesTheLongest() throws Exception {
        write(
                ".docker/config.json",
                entry("h", "host") + "," + entry("h/team", "team") + "," + entry("h/team/x/y", "no"));

        assertThat(user("h", "team/x")).isEqualTo("team");
        assertThat(user("h", "other/img")).isEqualTo("host");
        assertThat(user("h2", "team/x")).isEmpty();
    }

    @Test
    void findWhenKeyIsAnAddressKnowsItsHost() throws Exception {
        write(
                ".docker/config.json",
                entry("https://index.docker.io/v1/", "hub") + "," + entry("http://p:5000", "plain"));

        assertThat(user("docker.io", "library/nginx")).isEqualTo("hub");
        assertThat(user("p:5000", "a")).isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h:5000", "https://h:5000", "https://h:5000/", "https://h:5000/v1/", "https://h:5000/v2/"})
    void findWhenKeyIsWrittenOtherwiseMeansTheSameHost(String key) throws Exception {
        write(".docker/config.json", entry(key, "me"));

        assertThat(user("h:5000", "a")).isEqualTo("me");
        assertThat(user("h", "a")).isEmpty();
    }

    @Test
    void findWhenSecretHasAColonKeepsAllOfIt() throws Exception {
        write(".docker/config.json", "\"h\":{\"auth\":\"" + base64("me:p:w d") + "\"}");

        Credential found =
                new AuthFiles(Map.of(), home).find(new RepositoryName("h", "a")).orElseThrow();

        assertThat(found.user).isEqualTo("me");
        assertThat(found.secret).isEqualTo("p:w d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"credHelpers\":{}}", "{\"credHelpers\":{\"other\":\"x\"}}", "{\"auths\":{\"h\":{}}}"})
    void findWhenFileHasNoLoginsFindsNothing(String content) throws Exception {
        Files.writeString(Files.createDirectory(home.resolve(".docker")).resolve("config.json"), content);

        assertThat(user("h", "a")).isEmpty();
    }

    @Test
    void findWhenSeveralFilesTakesTheFirstThatKnowsTheRegistry() throws Exception {
        write(".docker/config.json", entry("h", "docker") + "," + entry("only", "docker"));
        write("own.json", entry("h", "own"));
        AuthFiles files = new AuthFiles(Map.of("REGISTRY_AUTH_FILE", home + "/own.json"), home);

        assertThat(files.find(new RepositoryName("h", "a")).orElseThrow().user).isEqualTo("own");
        assertThat(files.find(new RepositoryName("only", "a")).orElseThrow().user)
                .isEqualTo("docker");
    }

    @Test
    void findWhenFileIsBrokenNamesItWithoutItsContent() throws Exception {
        Files.createDirectories(home.resolve(".docker"));
        Path file = Files.writeString(home.resolve(".docker/config.json"), "{\"auths\": secret");

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> user("h", "a"))
                .withMessage("h/a: the credentials in " + file + " cannot be read; repair the file or log in anew");
    }

    private String user(String registry, String repository) throws Exception {
        return new AuthFiles(Map.of(), home)
                .find(new RepositoryName(registry, repository))
                .map(found -> found.user)
                .orElse("");
    }

    private void write(String name, String entries) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "{\"auths\":{" + entries + "}}");
    }

    private static String entry(String key, String user) {
        return "\"" + key + "\":{\"auth\":\"" + base64(user + ":s") + "\"}";
    }

    private static String base64(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
