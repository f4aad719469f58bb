package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.testing.Fault;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to pushes that say less, more or something else than the specification wants. */
class PushAnswerTests extends PushFixture {
    private static final String APP = "hub.example/team/app:1";
    private static final String OTHER = "hub.example/secret/other:1";
    private static final String UPLOADS = "/blobs/uploads/";
    private static final String WRONG = "sha256:" + "0".repeat(64);

    @Test
    void writeToWhenMountIsDoneWithoutAnAddressIsDone() throws IOException {
        push(APP);
        registry.fault("POST", "mount=", Fault.altered(0, 99, "Location"));

        push(OTHER);

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/")).isZero();
        assertThat(registry.requests("PUT /v2/secret/other/manifests/1")).isEqualTo(1);
    }

    /** The registry begins an upload instead, but does not say where. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "http://elsewhere.example/x",
                "http://my_store/x",
                "ftp://store.example/x",
                "https://[::1/x",
                "/v2/secret/other/blobs/uploads/nobody-knows"
            })
    void writeToWhenMountBeginsAnUploadNowhereSendsTheBytes(String location) throws IOException {
        push(APP);
        registry.fault("POST", "mount=", Fault.status(202, 99, "Location", location));

        push(OTHER);

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/upload-"))
                .isEqualTo(3);
        assertThat(registry.requests("PUT /v2/secret/other/manifests/1")).isEqualTo(1);
    }

    @Test
    void writeToWhenMountBeginsAnUploadWithoutAnAddressSendsTheBytes() throws IOException {
        push(APP);
        registry.fault("POST", "mount=", Fault.status(202, 99));

        push(OTHER);

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/")).isEqualTo(3);
    }

    @Test
    void writeToWhenUploadThatAMountBeganIsRefusedBeginsAnother() throws IOException {
        push(APP);
        registry.fault("POST", "mount=", Fault.status(202, 99, "Location", "/refused/upload"));
        registry.fault("PUT", "/refused/", Fault.status(403, 99));

        push(OTHER);

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/")).isEqualTo(3);
    }

    /** A registry that does not know mounts may call anything done. */
    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void writeToWhenMountSaysSomethingElseIsThereSendsTheBytes(int status) throws IOException {
        push(APP);
        registry.fault("POST", "mount=", Fault.status(status, 99, "Docker-Content-Digest", WRONG));

        push(OTHER);

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/")).isEqualTo(3);
    }

    @Test
    void writeToWhenMountIsAnsweredDoneByALoginPageSendsTheBytes() throws IOException {
        push(APP);
        registry.fault("POST", "mount=", Fault.answer(201, 99, "text/html", "<html>Please log in</html>"));

        push(OTHER);

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 501})
    void writeToWhenRegistryCannotBeAskedForBlobsSendsThem(int status) throws IOException {
        registry.fault("HEAD", "/blobs/", Fault.status(status, 99));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/")).isEqualTo(3);
    }

    @Test
    void writeToWhenAnswerAboutABlobNamesAnotherSendsIt() throws IOException {
        push(APP);
        registry.fault("HEAD", "/blobs/", Fault.altered(0, 99, "Docker-Content-Digest", WRONG));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/")).isEqualTo(6);
    }

    /** Some proxies answer every question with 200 and nothing else. */
    @Test
    void writeToWhenAnswerAboutABlobSaysNothingOfItSendsIt() throws IOException {
        registry.fault("HEAD", "/blobs/", Fault.status(200, 99));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip", "gzip, br", "aws-chunked"})
    void writeToWhenAnswersClaimAnEncodingReadsTheirStatus(String encoding) throws IOException {
        push(APP);
        registry.fault("HEAD", "/blobs/", Fault.altered(0, 99, "Content-Encoding", encoding));
        registry.fault("PUT", "/manifests/", Fault.altered(0, 99, "Content-Encoding", encoding));

        push(APP);

        assertThat(heard("it is there")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip", "deflate"})
    void writeToWhenUploadsClaimAnEncodingReadsTheirStatus(String encoding) throws IOException {
        registry.fault("HEAD", "/blobs/", Fault.altered(0, 99, "Content-Encoding", encoding));
        registry.fault("POST", UPLOADS, Fault.altered(0, 99, "Content-Encoding", encoding));
        registry.fault("PUT", UPLOADS, Fault.altered(0, 99, "Content-Encoding", encoding));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/")).isEqualTo(3);
    }

    @Test
    void writeToWhenUploadIsStoredWithoutAWordMoreIsDone() throws IOException {
        registry.fault("PUT", UPLOADS, Fault.altered(0, 99, "Location"));
        registry.fault("PUT", "/manifests/", Fault.altered(0, 99, "Docker-Content-Digest"));

        push(APP);

        assertThat(heard("pushed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void writeToWhenUploadBeginsNowhereSaysSo(String location) {
        registry.fault("POST", UPLOADS, Fault.altered(0, 99, "Location", location));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessageEndingWith(": " + registry.host() + " began an upload without an address; ask who runs "
                        + registry.host());
    }

    /** Only 201 says that a manifest is stored. */
    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void writeToWhenManifestIsTakenButNotStoredFails(int status) {
        registry.fault("PUT", "/manifests/", Fault.answer(status, 99, "application/json", status == 200 ? "{}" : ""));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessage("hub.example/team/app:1 could not be pushed:\n  tag 1: " + registry.host() + " answered "
                        + status + " to the manifest, but does not have it then; check the name of the registry, or"
                        + " ask who runs " + registry.host());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202})
    void writeToWhenManifestIsStoredUnderAnotherStatusIsDone(int status) throws IOException {
        registry.fault("PUT", "/manifests/", Fault.altered(status, 99, "Docker-Content-Digest"));

        push(APP);

        assertThat(heard("pushed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void writeToWhenBeginningIsRedirectedBeginsThere(int status) throws IOException {
        registry.fault(
                "POST",
                "/v2/team/app/blobs/uploads/",
                Fault.status(status, 3, "Location", "/v2/team/elsewhere/blobs/uploads/?from=lb"));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/elsewhere/blobs/uploads/")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upload?id=%2$s|[a]&x={\"y\":1}",
                "//HOST/v2/%1$s/blobs/uploads/%2$s",
                "HTTP://HOST/v2/%1$s/blobs/uploads/%2$s?a=%%2B+b&c=d;e",
                "/v2/%1$s/blobs/uploads/%2$s?redirect=http://a.example/b?c",
                "/v2/%1$s/blobs/uploads/%2$s?caf\u00e9=\u00fc",
                "  /v2/%1$s/blobs/uploads/%2$s  ",
                "../uploads/%2$s",
                "?id=%2$s"
            })
    void writeToWhenUploadAddressIsWrittenOtherwiseFindsIt(String format) throws IOException {
        registry.fault("PUT", "/blobs/uploads/upload?id=", Fault.status(201, 99));
        registry.fault("PUT", "/blobs/uploads/?id=", Fault.status(201, 99));
        registry.uploadLocations(format.replace("HOST", registry.host()));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/")).isEqualTo(3);
    }

    @Test
    void writeToWhenUploadsAreRedirectedWithoutEndStops() {
        registry.fault("PUT", UPLOADS, Fault.status(307, 99, "Location", "/v2/team/app/blobs/uploads/again"));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> builder()
                        .registryAccess(access().retries(0).build())
                        .build()
                        .writeTo(RegistryImage.of(APP)))
                .withMessageEndingWith(registry.host() + " redirects without end; ask who runs it");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 411, 413, 507})
    void writeToWhenBytesAreRefusedNamesTheStatus(int status) {
        registry.fault("PUT", UPLOADS, Fault.status(status, 99));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessageContaining(registry.host() + " answered " + status + " (FAULT); ");
    }
}
