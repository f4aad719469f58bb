package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.peers.TcpRelay;
import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests faults during a transfer: either all bytes are correct, or an error gives the reason. */
class TransferFaultTests extends RegistryFixture {
    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void saveWhenStatusMayPassTriesAgainAndSaysSo(int status) throws Exception {
        push();
        registry.fault("/manifests/1", Fault.status(status, 3, "Retry-After", "0"));
        Saving saving = saving();

        saving.save("app/x:1");

        assertThat(registry.requests("/manifests/1")).isEqualTo(4);
        assertThat(saving.heard())
                .filteredOn(BuildEvent.RequestRetried.class::isInstance)
                .containsOnly(new BuildEvent.RequestRetried(
                        ImageReference.parse("app/x:1"), registry.host(), "answered " + status, Duration.ZERO))
                .hasSize(3);
    }

    @Test
    void saveWhenStatusStaysGivesUpAndSaysSo() {
        push();
        registry.fault("/manifests/1", Fault.status(500, 9, "Retry-After", "0"));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().retries(2)).save("app/x:1"))
                .withMessage("1 of 1 images could not be saved:\n  docker.io/app/x:1 (images/shim/list:1): "
                        + registry.host() + " answered 500 (FAULT); try again later or ask who runs "
                        + registry.host())
                .satisfies(e -> assertThat(e.failures().get(0).status()).isEqualTo(500));
        assertThat(registry.requests("/manifests/1")).isEqualTo(3);
    }

    @Test
    void saveWhenRetryAfterIsADateWaitsUntilThen() throws Exception {
        push();
        ZonedDateTime until = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2);
        registry.fault(
                "/manifests/1",
                Fault.status(429, 1, "Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until)));

        saving().save("app/x:1");

        assertThat(ZonedDateTime.now(ZoneOffset.UTC)).isAfter(until.withNano(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 300, 3000})
    void saveWhenConnectionIsResetTriesAgain(long afterBytes) throws Exception {
        TestImage image = push();
        try (TcpRelay relay = TcpRelay.to(registry.endpoint().getPort(), Duration.ZERO)) {
            relay.reset(2, afterBytes);

            SavedImages saved = saving(settings().endpoint("docker.io", URI.create("http://" + relay.host())))
                    .save("app/x:1");

            assertThat(saved.images().get(0).digest()).isEqualTo(image.digest());
        }
    }

    @Test
    void saveWhenBodyIsCutTwiceGoesOnWhereItEnded() throws Exception {
        TestImage image = push();
        String layer = Digests.sha256(image.layer()).toString();
        registry.fault(layer, Fault.truncatedBody(1));
        registry.fault(layer, Fault.truncatedChunks(1));

        saving().save("app/x:1");

        assertThat(registry.ranges()).containsExactly("bytes=6000-", "bytes=9000-");
    }

    @Test
    void saveWhenServerStallsBeforeItAnswersTriesAgain() throws Exception {
        push();
        registry.fault("/manifests/1", Fault.delay(Duration.ofSeconds(3), 1));

        saving(settings().stallTimeout(Duration.ofMillis(400))).save("app/x:1");

        assertThat(registry.requests("/manifests/1")).isEqualTo(2);
    }

    @Test
    void saveWhenServerStallsForGoodSaysForHowLong() {
        TestImage image = push();
        registry.fault(Digests.sha256(image.layer()).toString(), Fault.stall(Duration.ofSeconds(3), 9));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().retries(0).stallTimeout(Duration.ofMillis(300)))
                        .save("app/x:1"))
                .withMessage("1 of 1 images could not be saved:\n  docker.io/app/x:1 (images/shim/list:1): "
                        + registry.host()
                        + " failed: no byte came or went for 300 ms; check the name of the host, the network"
                        + " and the proxy");
    }

    @Test
    void saveWhenBlobTakesLongTellsHowFarItIs() throws Exception {
        TestImage image = push();
        Digest layer = Digests.sha256(image.layer());
        registry.fault(layer.toString(), Fault.delay(Duration.ofMillis(300), 1));
        Saving saving = saving();

        saving.save("app/x:1");

        ImageReference reference = ImageReference.parse("app/x:1");
        assertThat(saving.heard())
                .contains(new BuildEvent.BlobStarted(BuildPhase.FETCH, reference, layer, 12000, registry.host()))
                .anyMatch(event -> event instanceof BuildEvent.BlobFinished finished
                        && finished.digest().equals(layer)
                        && finished.addedBytes() < 12000)
                .anyMatch(event -> event instanceof BuildEvent.BlobProgressed progressed
                        && progressed.equals(new BuildEvent.BlobProgressed(
                                BuildPhase.FETCH,
                                reference,
                                layer,
                                progressed.received(),
                                12000,
                                registry.host(),
                                progressed.addedBytes())));
    }

    @Test
    void saveWhenTokenExpiresInTheMiddleAsksForANewOne() throws Exception {
        TestImage image = push();
        registry.requireToken("me", "secret");
        String challenge = "Bearer realm=\"" + registry.endpoint() + "/token\"";
        registry.fault(Digests.sha256(image.layer()).toString(), Fault.status(401, 1, "WWW-Authenticate", challenge));

        saving(settings().credentials(registry.host(), "me", "secret")).save("app/x:1");

        assertThat(registry.requests("GET /token")).isEqualTo(2);
    }

    @Test
    void saveWhenManifestHasHundredMegabytesRefusesItEarly() {
        push();
        registry.fault("/manifests/1", Fault.hugeBody(9));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessage("1 of 1 images could not be saved:\n  docker.io/app/x:1 (images/shim/list:1): "
                        + registry.host() + " failed: the answer is larger than 4194304 bytes; the registry serves"
                        + " something else than it announced");
        assertThat(registry.requests("/manifests/1")).isEqualTo(1);
    }

    @Test
    void saveWhenIndexesAreNestedWithoutEndRefusesThem() {
        Digest inner = push().digest();
        long size = 1;
        for (int depth = 0; depth < 50; depth++) {
            byte[] index = ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MediaTypes.OCI_INDEX
                            + "\",\"digest\":\"" + inner + "\",\"size\":" + size + "}]}")
                    .getBytes(StandardCharsets.UTF_8);
            inner = registry.putManifest("app/x", "deep", MediaTypes.OCI_INDEX, index);
            size = index.length;
        }

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:deep"))
                .withMessage("1 of 1 images could not be saved:\n  docker.io/app/x:deep (images/shim/list:1): its"
                        + " indexes are nested more than 3 deep");
        assertThat(registry.requests().size()).isLessThan(6);
    }

    @Test
    void saveWhenContentIsWrongLeavesNothingAndIsRightTheNextTime() throws Exception {
        TestImage image = push();
        Digest layer = Digests.sha256(image.layer());
        registry.fault(layer.toString(), Fault.wrongBytes(1));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageContaining(registry.host() + " sent sha256:")
                .withMessageEndingWith(
                        "instead of " + layer + "; the registry or a proxy before it serves wrong content");
        try (Stream<Path> left = Files.list(directory.resolve("store/incoming"))) {
            assertThat(left).isEmpty();
        }
        saving().save("app/x:1");
        assertThat(new ContentStore(directory.resolve("store")).open(layer)).hasBinaryContent(image.layer());
    }

    @Test
    void saveWhenManifestDiffersFromItsDigestHeaderRefusesIt() throws IOException {
        push();
        registry.fault("/manifests/1", Fault.wrongBytesUnderHeader(1));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageContaining("the registry or a proxy before it serves wrong content");
    }

    @Test
    void saveWhenManifestDiffersFromTheDigestAskedForRefusesIt() {
        Digest digest = push().digest();
        registry.fault("/manifests/", Fault.wrongBytes(1));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x@" + digest))
                .withMessageEndingWith(
                        "instead of " + digest + "; the registry or a proxy before it serves wrong content");
    }
}
