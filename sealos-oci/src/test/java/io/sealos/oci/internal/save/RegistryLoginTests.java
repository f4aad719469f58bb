package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.ImageSaveException;
import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLoginTests extends RegistryFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"REALM\"",
                "Bearer realm=REALM,service=x",
                "Bearer service=\"x\", scope=\"repository:app/x:pull\" , realm=\"REALM\"",
                "bearer realm=\"REALM?a=b\",service=\"a b&c\""
            })
    void saveWhenChallengeIsWrittenOtherwiseFindsTheTokenServer(String challenge) throws Exception {
        push();
        registry.requireToken("me", "p:w d");
        registry.fault("/manifests/1", challenge(challenge));

        saving(settings().credentials(registry.host(), "me", "p:w d")).save("app/x:1");

        assertThat(registry.requests("GET /token")).isEqualTo(1);
    }

    @Test
    void saveWhenBasicAndBearerAreOfferedTakesTheToken() throws Exception {
        push();
        registry.requireToken("me", "secret");
        registry.fault("/manifests/1", challenge("Basic realm=\"x\", Bearer realm=\"REALM\""));

        saving(settings().credentials(registry.host(), "me", "secret")).save("app/x:1");

        assertThat(registry.requests("GET /token")).isEqualTo(1);
    }

    @Test
    void saveWhenChallengesComeInTwoHeadersTakesTheToken() throws Exception {
        push();
        registry.requireToken("me", "secret");
        String bearer = "Bearer realm=\"" + registry.endpoint() + "/token\"";
        registry.fault("/manifests/1", Fault.status(401, 1, "WWW-Authenticate", "Basic realm=\"x\"", bearer));

        saving(settings().credentials(registry.host(), "me", "secret")).save("app/x:1");

        assertThat(registry.requests("GET /token")).isEqualTo(1);
        assertThat(registry.authorizations())
                .filteredOn(header -> header.startsWith("Basic"))
                .hasSize(1);
    }

    @Test
    void saveWhenRealmHasAQueryKeepsIt() throws Exception {
        push();
        registry.requireToken("me", "secret");
        registry.fault("/manifests/1", challenge("Bearer realm=\"REALM?a=b\",service=\"s&t\""));

        saving(settings().credentials(registry.host(), "me", "secret")).save("app/x:1");

        assertThat(registry.queries()).contains("a=b&service=s%26t&scope=repository%3Aapp%2Fx%3Apull");
    }

    @Test
    void saveWhenFileHasAnIdentityTokenSendsItAsAForm() throws Exception {
        push();
        registry.requireIdentityToken("a+b/c=&d");
        Files.createDirectory(directory.resolve(".docker"));
        Files.writeString(
                directory.resolve(".docker/config.json"),
                "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + pair("me:ignored")
                        + "\",\"identitytoken\":\"a+b/c=&d\"}}}");

        saving(settings().loginFiles(Map.of(), directory)).save("app/x:1");

        assertThat(registry.requests("POST /token")).isEqualTo(1);
    }

    @Test
    void saveWhenHostHasSeveralIdentitiesUsesThatOfTheRepository() throws Exception {
        push();
        new TestImage("amd64", "b").pushTo(registry, "team/y", "1");
        registry.requireBasic("one", "1");

        saving(settings().credentials(registry.host() + "/team", "other", "2").credentials(registry.host(), "one", "1"))
                .save("app/x:1");
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings()
                                .credentials(registry.host() + "/team", "other", "2")
                                .credentials(registry.host(), "one", "1"))
                        .save("team/y:1"))
                .withMessageEndingWith("the credential for " + registry.host() + " may not read this image");

        assertThat(registry.authorizations()).contains("Basic " + pair("one:1"), "Basic " + pair("other:2"));
    }

    @Test
    void saveWhenAnotherUserAsksLaterDoesNotReuseTheToken() throws Exception {
        push();
        registry.requireToken("me", "secret");
        saving(settings().credentials(registry.host(), "me", "secret")).save("app/x:1");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().credentials(registry.host(), "you", "wrong"))
                        .save("app/x:1"))
                .withMessageContaining("the token server of " + registry.host() + " does not take the credential");
    }

    @Test
    void saveWhenStandInIsUsedKeepsTheRegistrysOwnCredentialFromIt() {
        push();
        registry.requireBasic("hub", "secret");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().credentials("docker.io", "hub", "secret"))
                        .save("app/x:1"))
                .withMessageEndingWith("log in to " + registry.host() + " or give a credential for it");
        assertThat(registry.authorizations()).isEmpty();
    }

    @Test
    void saveWhenTokenServerIsPlainHttpNobodyAllowedRefusesIt() {
        push();
        registry.fault(
                "/manifests/1",
                Fault.status(401, 1, "WWW-Authenticate", "Bearer realm=\"http://token.example/token\""));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().credentials(registry.host(), "me", "secret"))
                        .save("app/x:1"))
                .withMessageEndingWith("its token server 'http://token.example/token' is not HTTPS; allow plain HTTP"
                        + " for that host");
    }

    @Test
    void saveWhenCredentialStoreIsNotInstalledSaysSoOnlyWhereALoginIsWanted() throws IOException {
        push();
        registry.requireBasic("me", "secret");
        Files.createDirectory(directory.resolve(".docker"));
        Files.writeString(
                directory.resolve(".docker/config.json"), "{\"auths\":{\"h\":{}},\"credsStore\":\"desktop\"}");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(
                        () -> saving(settings().loginFiles(Map.of(), directory)).save("app/x:1"))
                .withMessageEndingWith("log in to " + registry.host() + " or give a credential for it"
                        + " (docker-credential-desktop, which " + directory.resolve(".docker/config.json")
                        + " names, is not on the PATH)");
    }

    private Fault challenge(String text) {
        return Fault.status(401, 1, "WWW-Authenticate", text.replace("REALM", registry.endpoint() + "/token"));
    }

    private static String pair(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
