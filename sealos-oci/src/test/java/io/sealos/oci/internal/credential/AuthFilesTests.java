package io.sealos.oci.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.RegistryCredential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthFilesTests {
    private final List<String> remarks = new ArrayList<>();

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

        RegistryCredential found = find("h", "a").orElseThrow();

        assertThat(found.user().orElse("")).isEqualTo("me");
        assertThat(found.secret()).isEqualTo("p:w d");
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

        assertThat(files.find(new RepositoryName("h", "a"), remarks::add)
                        .orElseThrow()
                        .user()
                        .orElse(""))
                .isEqualTo("own");
        assertThat(files.find(new RepositoryName("only", "a"), remarks::add)
                        .orElseThrow()
                        .user()
                        .orElse(""))
                .isEqualTo("docker");
    }

    @Test
    void findWhenVariablesAreEmptyTakesTheUsualPlaces() throws Exception {
        write(".docker/config.json", entry("h", "docker"));
        write(".config/containers/auth.json", entry("i", "podman"));
        AuthFiles files = new AuthFiles(
                Map.of("DOCKER_CONFIG", "", "XDG_CONFIG_HOME", "", "XDG_RUNTIME_DIR", "", "REGISTRY_AUTH_FILE", ""),
                home);

        assertThat(files.find(new RepositoryName("h", "a"), remarks::add)
                        .orElseThrow()
                        .user()
                        .orElse(""))
                .isEqualTo("docker");
        assertThat(files.find(new RepositoryName("i", "a"), remarks::add)
                        .orElseThrow()
                        .user()
                        .orElse(""))
                .isEqualTo("podman");
    }

    @Test
    void findWhenFileIsBrokenRemarksItWithoutItsContent() throws Exception {
        Files.createDirectories(home.resolve(".docker"));
        Path file = Files.writeString(home.resolve(".docker/config.json"), "{\"auths\": secret");

        assertThat(user("h", "a")).isEmpty();
        assertThat(remarks)
                .containsExactly("the logins in " + file + " cannot be read; repair the file or log in again");
    }

    /** An address with any path means its host, as docker, jib and podman take it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h:5000/artifactory/",
                "https://h:5000/artifactory/api/docker/team",
                "http://h:5000/v1/",
                "HTTPS://H:5000/v2",
                "h:5000/",
                "h:5000/v1/",
                "H:5000",
                " h:5000 "
            })
    void findWhenKeyHasASchemeOrAnotherCaseCountsForItsHost(String key) throws Exception {
        write(".docker/config.json", entry(key, "me"));

        assertThat(user("h:5000", "a")).isEqualTo("me");
        assertThat(user("h", "a")).isEmpty();
        assertThat(user("artifactory", "a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "index.docker.io/v1/", "https://registry-1.docker.io", "http://docker.io/v2/"})
    void findWhenKeyIsAnotherNameOfDockerHubCountsForIt(String key) throws Exception {
        write(".docker/config.json", entry(key, "me"));

        assertThat(user("docker.io", "library/a")).isEqualTo("me");
    }

    @Test
    void findWhenSeveralKeysMeanTheHostTakesTheNearest() throws Exception {
        write(
                ".docker/config.json",
                entry("https://h/other/", "address") + "," + entry("http://h/v2/", "same") + "," + entry("h", "exact")
                        + "," + entry("https://i/other", "address") + "," + entry("https://i/v1/", "same") + ","
                        + entry("https://i/team", "team"));

        assertThat(user("h", "a")).isEqualTo("exact");
        assertThat(user("i", "a")).isEqualTo("same");
        assertThat(user("i", "team/x")).isEqualTo("team");
    }

    @Test
    void findWhenKeyIsAHostAndPathWithoutASchemeCountsForThatPathOnly() throws Exception {
        write(".docker/config.json", entry("h/team", "team"));

        assertThat(user("h", "other/img")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'username':'u','password':'p:w'| u p:w",
                "'auth':'','username':'u','password':'p'| u p",
                "'auth':'%%%','username':'u','password':'p'| u p",
                "'auth':'bWU6cHc=','username':'u','password':'p'| me pw",
                "'auth':'bWU6cHc=\\n'| me pw",
                "'auth':'bWU6\\r\\ncHc=\\r\\n'| me pw",
                "'auth':' bWU6cHc= '| me pw",
                "'auth':'bWU6cHc'| me pw",
                "'auth':'bWU6cHcK'| me pw",
                "'auth':'bWU6cHcNCg=='| me pw",
                "'auth':'bWU6cHcAAAA='| me pw",
                "'auth':'dG9rZW46'| token "
            })
    void findWhenLoginIsWrittenInAnyWayUnderstandsIt(String login, String expected) throws Exception {
        write(".docker/config.json", "\"h\":{" + login.replace('\'', '"') + "}");

        assertThat(find("h", "a"))
                .hasValueSatisfying(found -> assertThat((found.user().orElse("") + " " + found.secret()).strip())
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'auth':''}", "{'auth':null}", "{'username':'u'}", "{'password':'p'}", "{'auth':'Og=='}"})
    void findWhenLoginHasNothingInItFindsNothing(String login) throws Exception {
        write(".docker/config.json", "\"h\":" + login.replace('\'', '"'));

        assertThat(find("h", "a")).isEmpty();
    }

    /** Uses the form that go-containerregistry and docker's own library write. */
    @Test
    void findWhenLoginIsATokenForTheRegistryItselfTakesIt() throws Exception {
        write(".docker/config.json", "\"h\":{\"auth\":\"bWU6cHc=\",\"registrytoken\":\" t \"}");

        assertThat(find("h", "a").filter(RegistryCredential::isRegistryToken).map(RegistryCredential::secret))
                .contains("t");
        assertThat(find("h", "a").toString()).contains("registry token").doesNotContain(" t ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'auth':7}",
                "{'auth':['bWU6cHc=']}",
                "[]",
                "'bWU6cHc='",
                "null",
                "{'identitytoken':null,'registrytoken':''}",
                "{'username':'','password':'p'}"
            })
    void findWhenLoginIsOfAnotherShapeFindsNothing(String login) throws Exception {
        write(".docker/config.json", "\"h\":" + login.replace('\'', '"'));

        assertThat(find("h", "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"[::1]:5000, [::1]:5000", "http://[::1]:5000/v2/, [::1]:5000", "127.0.0.1:5000/, 127.0.0.1:5000"})
    void findWhenKeyIsAnIpAddressCountsForIt(String key, String host) throws Exception {
        write(".docker/config.json", entry(key, "me"));

        assertThat(user(host, "a")).isEqualTo("me");
    }

    @Test
    void findWhenLoginCannotBeDecodedRemarksItWithoutItsContent() throws Exception {
        write(".docker/config.json", "\"https://h/v1/\":{\"auth\":\"no colon\"}");

        assertThat(find("h", "a")).isEmpty();
        assertThat(remarks)
                .containsExactly("the login for https://h/v1/ in " + home.resolve(".docker/config.json")
                        + " cannot be decoded; log in again");
    }

    private Optional<RegistryCredential> find(String registry, String repository) throws Exception {
        return new AuthFiles(Map.of(), home).find(new RepositoryName(registry, repository), remarks::add);
    }

    private String user(String registry, String repository) throws Exception {
        return find(registry, repository).map(found -> found.user().orElse("")).orElse("");
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
