package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to pulls, and challenges, that are written otherwise, say less, or contradict themselves. */
class PullAnswerTests extends RegistryFixture {
    private static final String WRONG = "sha256:" + "0".repeat(64);
    private static final String FAILED =
            "1 of 1 images could not be saved:\n  docker.io/app/x:1 (images/shim/list:1): ";

    private TestImage image;
    private String layer;

    @BeforeEach
    void pushImage() {
        image = push();
        layer = Digests.sha256(image.layer()).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oci.image.manifest.v1+json; charset=utf-8",
                "application/json",
                "application/octet-stream",
                "text/plain",
                "text/html; charset=utf-8",
                "nonsense"
            })
    void saveWhenManifestIsCalledSomethingElseKnowsItByItsContent(String type) throws Exception {
        registry.fault("/manifests/1", Fault.altered(0, 9, "Content-Type", type));

        saveWhole();
    }

    @Test
    void saveWhenNothingHasATypeOrADigestGoesByTheContent() throws Exception {
        registry.fault("/manifests/1", Fault.altered(0, 9, "Content-Type"));
        registry.fault(layer, Fault.altered(0, 9, "Content-Type"));

        saveWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "sha512:00", "md5:0", "\"sha256:0\""})
    void saveWhenDigestHeaderSaysNothingGoesByTheContent(String header) throws Exception {
        registry.fault("/v2/", Fault.altered(0, 9, "Docker-Content-Digest", header));

        saveWhole();
    }

    @Test
    void saveWhenDigestHeaderOfABlobIsWrongGoesByTheContent() throws Exception {
        registry.fault(layer, Fault.altered(0, 9, "Docker-Content-Digest", WRONG));

        saveWhole();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 203, 206})
    void saveWhenAllIsAnsweredUnderAnotherGoodStatusTakesIt(int status) throws Exception {
        registry.fault("/v2/", Fault.altered(status, 9, "Accept-Ranges"));

        saveWhole();
    }

    /** The range is the right one, its bytes are not. */
    @Test
    void saveWhenTheRestIsOfSomethingElseBeginsAnew() throws Exception {
        registry.fault(layer, Fault.truncatedBody(1));
        registry.fault(layer, Fault.wrongBytes(1));

        saveWhole();

        assertThat(registry.ranges()).hasSize(1);
        assertThat(registry.requests("GET /v2/app/x/blobs/" + layer)).isEqualTo(3);
    }

    @Test
    void saveWhenWholeBlobIsOfSomethingElseRefusesItAtOnce() {
        registry.fault(layer, Fault.wrongBytes(9));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageEndingWith(
                        " instead of " + layer + "; the registry or a proxy before it serves wrong content");
        assertThat(registry.requests("GET /v2/app/x/blobs/" + layer)).isEqualTo(1);
    }

    /** Each time with a good part of what was missing: that is no failure which counts. */
    @Test
    void saveWhenConnectionIsCutAgainAndAgainGoesOnAsLongAsItMoves() throws Exception {
        registry.fault(layer, Fault.truncatedBody(4));

        saving(settings().retries(1)).save("app/x:1");

        assertThat(registry.ranges()).containsExactly("bytes=6000-", "bytes=9000-", "bytes=10500-", "bytes=11250-");
    }

    @Test
    void saveWhenConnectionIsCutAndNothingIsResumedGivesUp() {
        registry.fault(layer, Fault.truncatedBody(1));
        registry.fault(layer, Fault.status(416, 99));
        registry.fault(layer, Fault.truncatedBody(99));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().retries(1)).save("app/x:1"))
                .withMessageStartingWith(FAILED + registry.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, br"})
    void saveWhenARefusalHasAnEncodingShowsTheRefusal(String encoding) {
        registry.fault("/manifests/1", Fault.status(404, 9, "Content-Encoding", encoding));

        assertFails(settings(), registry.host() + " answered 404 (FAULT); check the name and the tag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Client sent an HTTP request to an HTTPS server.",
                "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>"
            })
    void saveWhenPlainHttpIsSpokenToTlsSaysSo(String body) {
        registry.fault("/manifests/1", Fault.answer(400, 9, "text/plain", body));

        assertFails(
                settings(), registry.host() + " answered 400; it speaks HTTPS there: do not allow plain HTTP for it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"errors\":[{\"code\":\"DENIED\"}]}", "{\"message\":\"ok\"}", "null", "\"x\""})
    void saveWhenManifestIsOtherJsonNamesTheHost(String body) {
        registry.fault("/manifests/1", Fault.answer(200, 9, "application/json", body));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageStartingWith(FAILED)
                .withMessageMatching("(?s).*(sent a manifest that|neither an index nor a manifest).*");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 304, 307})
    void saveWhenRedirectedWithoutAnAddressNamesTheStatus(int status) {
        registry.fault("/manifests/1", Fault.status(status, 9));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageStartingWith(FAILED + registry.host() + " answered " + status);
    }

    @Test
    void saveWhenRedirectedTenTimesArrives() throws Exception {
        registry.fault("/manifests/1", Fault.status(302, 10, "Location", "/v2/app/x/manifests/1"));

        saveWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP://HOST", "//HOST", "http://me:secret@HOST"})
    void saveWhenRedirectIsWrittenOtherwiseFollows(String base) throws Exception {
        registry.fault(
                "/manifests/1",
                Fault.status(
                        307,
                        1,
                        "Location",
                        base.replace("HOST", registry.host()) + "/v2/app/x/manifests/1?again=\u00fc"));

        saveWhole();
    }

    @Test
    void saveWhenRedirectLeadsBackGivesTheCredentialHereOnly() throws Exception {
        registry.requireBasic("me", "secret");
        try (InProcessRegistry other = InProcessRegistry.start()) {
            registry.fault("/app/x/blobs/" + layer, Fault.status(307, 1, "Location", other.endpoint() + "/away"));
            other.fault("/away", Fault.status(307, 1, "Location", registry.endpoint() + "/v2/app/y/blobs/" + layer));

            saving(withLogin()).save("app/x:1");

            assertThat(other.requests()).containsExactly("GET /away");
            assertThat(other.authorizations()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void saveWhenStoreRefusesASignedAddressNamesTheStore(int status) throws Exception {
        try (InProcessRegistry store = InProcessRegistry.start()) {
            store.fault("/signed", Fault.status(status, 9, "WWW-Authenticate", "Basic realm=\"x\""));
            registry.fault(layer, Fault.status(307, 9, "Location", store.endpoint() + "/signed?signature=s"));

            assertFails(
                    withLogin(),
                    store.host() + " answered " + status + " (FAULT); try again later or ask who runs " + store.host());
            assertThat(store.authorizations()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer,Basic realm=\"r\"",
                "Bearer realm=\"\", Basic realm=\"r\"",
                "basic",
                "BASIC realm=r, charset=\"UTF-8\"",
                "Negotiate, NTLM, Basic realm=\"a, Bearer b\"",
                "Digest realm=\"r\",nonce=\"n\",qop=\"auth,auth-int\", Basic realm=\"r\""
            })
    void saveWhenBasicIsOneOfTheWaysTakesIt(String challenge) throws Exception {
        registry.requireBasic("me", "secret");
        registry.fault("/manifests/1", Fault.status(401, 1, "WWW-Authenticate", challenge));

        saving(withLogin()).save("app/x:1");

        assertThat(registry.authorizations()).contains("Basic bWU6c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bearer REALM=\"http://HOST/token\"",
                "BEARER realm=\"http://HOST/token\",service=\"a,b=c\",scope=\"repository:app/x:pull,push\"",
                "Bearer  realm = \"http://HOST/token\" , error=\"invalid_token\"",
                "Bearer realm=\"HTTP://HOST/token\"",
                "Basic realm=\"a \\\"quoted\\\", text\", Bearer realm=\"http://HOST/token\"",
                "Bearer realm=\"http://HOST/token\", Bearer realm=\"http://other.example/token\"",
                "Bearer error=\"x\", Bearer realm=\"/token\"",
                "Bearer realm=\"../../../../token\"",
                "Bearer realm=\"http://HOST/token?service=x&q=a b\""
            })
    void saveWhenChallengeIsWrittenOtherwiseAsksForAToken(String challenge) throws Exception {
        registry.requireToken("me", "secret");
        registry.fault(
                "/manifests/1", Fault.status(401, 1, "WWW-Authenticate", challenge.replace("HOST", registry.host())));

        saving(withLogin()).save("app/x:1");

        assertThat(registry.requests("GET /token")).isEqualTo(1);
    }

    @Test
    void saveWhenChallengesAreInSeveralHeadersTakesTheOneThatCanBeAnswered() throws Exception {
        registry.requireToken("me", "secret");
        registry.fault(
                "/manifests/1",
                Fault.status(
                        401,
                        1,
                        "WWW-Authenticate",
                        "Negotiate",
                        "Bearer",
                        "Bearer realm=\"/token\"",
                        "Digest nonce=x"));

        saving(withLogin()).save("app/x:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Bearer service=\"x\"|''", "Bearer realm=\"  \"|'  '", "Bearer realm=\"ftp://h/\"|ftp://h/"})
    void saveWhenTokenServerIsMissingSaysSo(String challenge, String realm) {
        registry.fault("/manifests/1", Fault.status(401, 9, "WWW-Authenticate", challenge));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(withLogin()).save("app/x:1"))
                .withMessageStartingWith(FAILED + "its token server '" + realm + "' is not an address")
                .withMessageEndingWith("; ask who runs " + registry.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer realm=\"http://HOST/token\"", "Basic realm=\"r\"", "Negotiate", ""})
    void saveWhenNoCredentialIsEverEnoughEnds(String challenge) {
        registry.requireToken("me", "secret");
        registry.fault(
                "/manifests/1", Fault.status(401, 99, "WWW-Authenticate", challenge.replace("HOST", registry.host())));

        assertFails(
                withLogin(),
                registry.host() + " answered 401 (FAULT); the credential for " + registry.host()
                        + " may not read this image");
        assertThat(registry.requests("/manifests/1")).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"expires_in\":0",
                "\"expires_in\":-1",
                "\"expires_in\":\"300\"",
                "\"expires_in\":\"soon\"",
                "\"expires_in\":1e99",
                "\"issued_at\":\"yesterday\"",
                "\"expires_in\":null,\"refresh_token\":{}"
            })
    void saveWhenTokenHasOddPropertiesUsesIt(String property) throws Exception {
        registry.requireToken("me", "secret");
        registry.fault(
                "/token",
                Fault.answer(
                        200, 9, "text/plain", "{\"token\":\"token-of-the-in-process-registry\"," + property + "}"));

        saving(withLogin()).save("app/x:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|no JSON|HOST sent a token that cannot be read",
                "200||HOST sent no token",
                "204||HOST sent no token",
                "404|{}|HOST answered 404",
                "405|{}|HOST answered 405",
                "301|{}|HOST answered 301"
            })
    void saveWhenTokenServerGivesNoneNamesIt(int status, String body, String problem) {
        registry.requireToken("me", "secret");
        registry.fault("/token", Fault.answer(status, 9, "application/json", body == null ? "" : body));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(withLogin()).save("app/x:1"))
                .withMessage(FAILED + problem.replace("HOST", registry.host())
                        + "; " + (status < 300 ? "" : "try again later or ")
                        + "ask who runs the token server of " + registry.host());
    }

    @Test
    void saveWhenTokenServerRedirectsWithoutEndStops() {
        registry.requireToken("me", "secret");
        registry.fault("/token", Fault.status(307, 99, "Location", "/token"));

        assertFails(withLogin(), registry.host() + " redirects without end; ask who runs it");
    }

    private RegistryAccess.Builder withLogin() {
        return settings().credentials(registry.host(), "me", "secret");
    }

    private void saveWhole() throws Exception {
        assertThat(saving().save("app/x:1").images().get(0).digest()).isEqualTo(image.digest());
        assertThat(new ContentStore(directory.resolve("store")).open(Digest.parse(layer)))
                .hasBinaryContent(image.layer());
    }

    private void assertFails(RegistryAccess.Builder access, String message) {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(access.retries(0)).save("app/x:1"))
                .withMessage(FAILED + message);
    }
}
