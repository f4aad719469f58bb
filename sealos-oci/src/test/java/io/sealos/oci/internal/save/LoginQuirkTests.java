package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.RegistryCredential;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, helpers and token servers as they are found, and the images that need none of them. */
class LoginQuirkTests extends RegistryFixture {
    private static final String TOKEN = "token-of-the-in-process-registry";
    private static final String FAILED =
            "1 of 1 images could not be saved:\n  docker.io/app/x:1 (images/shim/list:1): ";

    @BeforeEach
    void pushImage() {
        push();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auths\":{\"HOST\":{\"username\":\"me\",\"password\":\"secret\"}}}",
                "{\"auths\":{\"https://HOST/v2\":{\"auth\":\"bWU6c2VjcmV0\\n\"}}}",
                "{\"auths\":{\"http://HOST/artifactory/x/\":{\"auth\":\"bWU6c2VjcmV0\"}}}"
            })
    void saveWhenLoginIsWrittenOtherwiseUsesIt(String logins) throws Exception {
        registry.requireBasic("me", "secret");

        saving(logins(logins)).save("app/x:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo '{\"ServerURL\":\"\",\"Username\":\"\",\"Secret\":\"\"}'",
                "echo 'pass not initialized'; exit 1",
                "exec <&-; echo locked >&2; exit 1",
                "echo 'no JSON'"
            })
    void saveWhenHelperHasNoCredentialSavesPublicImages(String script) throws Exception {
        registry.requireAnonymousToken();
        helper(script);

        saving(logins("{\"credsStore\":\"it\"}")).save("app/x:1");
        saving(logins("{\"credHelpers\":{\"HOST\":\"it\"}}")).save("app/x:1");

        assertThat(registry.authorizations()).allMatch(header -> header.startsWith("Bearer "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"auths\": broken", "{\"auths\":{\"HOST\":{\"auth\":\"%%%\"}}}", "[]", ""})
    void saveWhenLoginFileIsBrokenSavesPublicImages(String logins) throws Exception {
        registry.requireAnonymousToken();

        saving(logins(logins)).save("app/x:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "exit 7|ended with status 7",
                "echo 'pass not initialized: run pass init'; exit 1|ended with status 1: pass not initialized: run pass"
                        + " init",
                "echo '{}'|has no secret for HOST"
            })
    void saveWhenHelperFailsAndALoginIsWantedShowsItsWords(String script, String words) throws Exception {
        registry.requireBasic("me", "secret");
        helper(script);

        assertFails(
                logins("{\"credHelpers\":{\"HOST\":\"it\"}}"),
                registry.host() + " answered 401 (UNAUTHORIZED); log in to " + registry.host()
                        + " or give a credential for it (docker-credential-it, which " + file() + " names, "
                        + words.replace("HOST", registry.host()) + ")");
    }

    @Test
    void saveWhenAnotherHostsHelperFailsDoesNotSpeakOfIt() throws Exception {
        registry.requireBasic("me", "secret");
        helper("echo locked; exit 1");

        assertFails(
                logins("{\"credHelpers\":{\"other.example\":\"it\"}}"),
                registry.host() + " answered 401 (UNAUTHORIZED); log in to " + registry.host()
                        + " or give a credential for it");
    }

    @Test
    void saveWhenSourceFailsSavesPublicImagesAndShowsWhyWithOthers() throws Exception {
        RegistryAccess.Builder vault = settings().credentials((host, path) -> {
            throw new IOException("the vault is sealed");
        });

        registry.requireAnonymousToken();
        saving(vault).save("app/x:1");
        registry.requireBasic("me", "secret");
        assertFails(
                vault,
                registry.host() + " answered 401 (UNAUTHORIZED); log in to " + registry.host()
                        + " or give a credential for it (its credential cannot be found: the vault is sealed)");
    }

    @Test
    void saveWhenLoginIsATokenForTheRegistryItselfAsksNoTokenServer() throws Exception {
        registry.requireToken("me", "secret");

        saving(logins("{\"auths\":{\"HOST\":{\"registrytoken\":\"" + TOKEN + "\"}}}"))
                .save("app/x:1");

        assertThat(registry.requests("/token")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'credentials not found in native keychain'; exit 1", "exit 0", "echo '{}'"})
    void saveWhenHelperKnowsNothingTakesTheLoginOfTheFile(String script) throws Exception {
        registry.requireBasic("me", "secret");
        helper(script);

        saving(logins("{\"credsStore\":\"it\",\"auths\":{\"HOST\":{\"auth\":\"bWU6c2VjcmV0\"}}}"))
                .save("app/x:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"\",\"access_token\":\"TOKEN\"}",
                "{\"token\":null,\"access_token\":\"TOKEN\"}",
                "{\"token\":\"  \",\"access_token\":\"TOKEN\"}",
                "{\"access_token\":\"TOKEN\",\"expires_in\":60}",
                "{\"token\":\"TOKEN\\n\"}",
                "{\"token\":\"TOKEN\",\"access_token\":\"\"}"
            })
    void saveWhenTokenIsInEitherFieldUsesIt(String answer) throws Exception {
        registry.requireToken("me", "secret");
        registry.fault("/token", Fault.answer(200, 1, "application/json", answer.replace("TOKEN", TOKEN)));

        saving(withLogin()).save("app/x:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"token\":\"\"}", "{\"token\":{}}", "{\"token\":\"a b\"}", "[]"})
    void saveWhenThereIsNoTokenSaysSo(String answer) {
        registry.requireToken("me", "secret");
        registry.fault("/token", Fault.answer(200, 9, "application/json", answer));

        assertFails(
                withLogin(), registry.host() + " sent no token; ask who runs the token server of " + registry.host());
    }

    @Test
    void saveWhenTokenIsEncodedTakesThatBack() throws Exception {
        registry.requireToken("me", "secret");
        registry.fault("/token", Fault.answer(201, 1, "text/plain", "{\"token\":\"" + TOKEN + "\"}"));

        saving(withLogin()).save("app/x:1");
    }

    @Test
    void saveWhenTokenServerFailsDoesNotBlameTheCredential() {
        registry.requireToken("me", "secret");
        registry.fault("/token", Fault.status(500, 99, "Retry-After", "0"));

        assertFails(
                withLogin(),
                registry.host() + " answered 500 (FAULT); try again later or ask who runs the token server of "
                        + registry.host());
        assertThat(registry.requests("GET /token")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "//HOST/token", "http://HOST/token?a={b}", "http://HOST/token?"})
    void saveWhenAddressOfTheTokenServerIsUnusualFindsIt(String realm) throws Exception {
        registry.requireToken("me", "secret");
        String challenge = "Bearer realm=\"" + realm.replace("HOST", registry.host()) + "\",service=\"s\"";
        registry.fault("/manifests/1", Fault.status(401, 1, "WWW-Authenticate", challenge));

        saving(withLogin()).save("app/x:1");

        assertThat(registry.requests("GET /token")).isEqualTo(1);
    }

    @Test
    void saveWhenTokenServerSendsOnFollowsWithoutTheCredential() throws Exception {
        registry.requireToken("me", "secret");
        try (InProcessRegistry other = InProcessRegistry.start()) {
            other.requireAnonymousToken();
            registry.fault("/token", Fault.status(307, 1, "Location", other.endpoint() + "/token?x=y"));

            saving(withLogin()).save("app/x:1");

            assertThat(other.requests()).containsExactly("GET /token");
            assertThat(other.authorizations()).isEmpty();
        }
    }

    @Test
    void saveWhenTokenServerSendsOnKeepsTheIdentityToken() throws Exception {
        registry.requireIdentityToken("identity");
        try (InProcessRegistry other = InProcessRegistry.start()) {
            registry.fault("POST", "/token", Fault.status(307, 9, "Location", other.endpoint() + "/token"));

            assertFails(
                    settings().credentials((host, path) -> Optional.of(RegistryCredential.identityToken("identity"))),
                    "the token server " + registry.host() + " sends on to " + other.host() + ", which may not get the"
                            + " identity token; ask who runs the token server of " + registry.host());
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void saveWhenRegistryDoesNotSayHowToLogInUsesTheSimplestWay() throws Exception {
        registry.fault("/manifests/1", Fault.status(401, 1));

        saving(withLogin()).save("app/x:1");

        assertThat(registry.authorizations()).containsOnly("Basic bWU6c2VjcmV0");
    }

    private RegistryAccess.Builder withLogin() {
        return settings().credentials(registry.host(), "me", "secret");
    }

    private RegistryAccess.Builder logins(String content) throws IOException {
        Files.createDirectories(directory.resolve(".docker"));
        Files.writeString(file(), content.replace("HOST", registry.host()));
        return settings().loginFiles(Map.of("PATH", directory.toString()), directory);
    }

    private Path file() {
        return directory.resolve(".docker/config.json");
    }

    private void helper(String script) throws IOException {
        assumeThat(Path.of("/bin/sh")).as("helpers can be shell scripts here").isExecutable();
        Path helper = Files.writeString(directory.resolve("docker-credential-it"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void assertFails(RegistryAccess.Builder access, String message) {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(access.retries(1)).save("app/x:1"))
                .withMessage(FAILED + message);
    }
}
