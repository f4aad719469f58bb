package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that do not do as the specification says, or stand behind something that is none. */
class PullQuirkTests extends RegistryFixture {
    private static final String PAGE = "\ufeff\n <!DOCTYPE html><html><body>Please log in</body></html>";
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
    @ValueSource(ints = {416, 400, 405, 501})
    void saveWhenRestIsRefusedBeginsAnew(int status) throws Exception {
        registry.fault(layer, Fault.truncatedBody(1));
        registry.fault(layer, Fault.status(status, 1));

        saveWhole();

        assertThat(registry.ranges()).containsExactly("bytes=6000-");
        assertThat(registry.requests("GET /v2/app/x/blobs/" + layer)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-4/12000", "bytes 7000-11999/12000", "none"})
    void saveWhenAnotherRangeIsSentBeginsAnew(String range) throws Exception {
        registry.fault(layer, Fault.truncatedBody(1));
        registry.fault(layer, Fault.status(206, 1, "Content-Range", range));

        saveWhole();

        assertThat(registry.requests("GET /v2/app/x/blobs/" + layer)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "identity", ""})
    void saveWhenAnEncodingIsSentThatNobodyAskedForTakesItBack(String encoding) throws Exception {
        registry.fault("/v2/", Fault.encoded(encoding, 9));

        saveWhole();
    }

    @Test
    void saveWhenAnEncodedTransferIsCutBeginsAnew() throws Exception {
        registry.fault(layer, Fault.truncatedBody(1));
        registry.fault(layer, Fault.encoded("gzip", 9));

        saveWhole();

        assertThat(registry.requests("GET /v2/app/x/blobs/" + layer)).isEqualTo(3);
    }

    /** Some stores call a compressed file encoded, and send it as it is. */
    @Test
    void saveWhenTheBlobItselfIsCalledEncodedTakesItAsItIs() throws Exception {
        registry.fault(layer, Fault.encoded("zstd", 1));

        saveWhole();
    }

    @Test
    void saveWhenEncodingIsUnknownNamesIt() {
        registry.fault("/manifests/1", Fault.encoded("br", 9));

        assertFails(registry.host() + " failed: the answer has the encoding 'br', which was not asked for; let "
                + registry.host() + ", or the proxy before it, send content as it is stored");
        assertThat(registry.requests("/manifests/1")).isEqualTo(1);
    }

    @Test
    void saveWhenManifestIsAWebPageSaysSo() {
        registry.fault("/manifests/1", Fault.answer(200, 9, "text/html", PAGE));

        assertFails(webPage("a manifest"));
    }

    /** Shorter than the blob, of its length, and longer. */
    @ParameterizedTest
    @ValueSource(ints = {0, 11940, 20000})
    void saveWhenBlobIsAWebPageSaysSo(int padding) {
        String page = "<html>" + " ".repeat(padding);
        registry.fault(layer, Fault.answer(200, 9, "text/html; charset=utf-8", page));

        assertFails(webPage("the blob " + layer));
    }

    @Test
    void saveWhenManifestIsNoJsonSaysSo() {
        registry.fault("/manifests/1", Fault.answer(200, 9, "text/plain", "it works"));

        assertFails(registry.host() + " sent a manifest that cannot be read as JSON: line 1 is not as it has to be;"
                + " push the image there again, or ask who runs " + registry.host());
    }

    @Test
    void saveWhenTokenIsAWebPageSaysSo() {
        registry.requireToken("me", "secret");
        registry.fault("/token", Fault.answer(200, 9, "text/html", PAGE));

        assertFails(webPage("a token"));
    }

    private String webPage(String instead) {
        return registry.host() + " sent a web page instead of " + instead + "; check the name of the registry, and"
                + " whether a proxy or a login page stands before " + registry.host();
    }

    @Test
    void saveWhenBlobIsMissingSaysWhatIsMissingThere() {
        registry.fault(layer, Fault.status(404, 9));

        assertFails(registry.host() + " answered 404 (FAULT) for the blob " + layer + ", which the manifest names; push"
                + " the image there again, or ask who runs " + registry.host());
    }

    @Test
    void saveWhenBlobIsMissingAtAnotherHostNamesBoth() throws Exception {
        try (InProcessRegistry store = InProcessRegistry.start()) {
            String there = store.endpoint() + "/v2/app/x/blobs/" + layer;
            registry.fault(layer, Fault.status(307, 1, "Location", there));

            assertFails(store.host() + " answered 404 (BLOB_UNKNOWN) for the blob " + layer + ", which the manifest"
                    + " names, to which " + registry.host() + " sends on; push the image there again, or ask who runs "
                    + registry.host());
        }
    }

    @Test
    void saveWhenManifestOfAnIndexIsMissingSaysWhatToDo() {
        byte[] index = TestImage.index(new TestImage("amd64", "gone"));
        registry.putManifest("app/x", "1", MediaTypes.OCI_INDEX, index);

        assertFails(registry.host() + " answered 404 (MANIFEST_UNKNOWN); check the name and the digest; if an index"
                + " names it, push the image there again with all platforms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'manifests':[],'layers':[]}|it has layers and manifests (CVE-2021-41190)",
                "{'config':{},'manifests':[]}|it has layers and manifests (CVE-2021-41190)",
                "{'Layers':[],'manifests':[]}|it has layers and manifests (CVE-2021-41190)",
                "{'layers':[],'fsLayers':[]}|it has fsLayers and layers (CVE-2021-41190)",
                "{'layers':[],'LAYERS':[]}|it has 'layers' twice, in upper and lower case",
                "{'mediaType':'application/vnd.oci.image.index.v1+json','layers':[]}|it calls itself"
                        + " application/vnd.oci.image.index.v1+json but is no index (CVE-2021-41190)",
                "{'manifests':[]}|it is served as application/vnd.oci.image.manifest.v1+json but is an index"
                        + " (CVE-2021-41190)"
            })
    void saveWhenManifestIsAmbiguousRefusesIt(String manifest, String problem) {
        byte[] bytes = manifest.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        registry.putManifest("app/x", "1", MediaTypes.OCI_MANIFEST, bytes);

        assertFails(registry.host() + " sent a manifest that is ambiguous: " + problem + "; push the image there again,"
                + " or ask who runs " + registry.host());
    }

    @Test
    void saveWhenIndexCallsItsManifestAnIndexRefusesIt() {
        String descriptor = TestImage.descriptor(MediaTypes.OCI_INDEX, image.manifest());
        byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + descriptor + "]}").getBytes(StandardCharsets.UTF_8);
        registry.putManifest("app/x", "1", MediaTypes.OCI_INDEX, index);

        assertFails(image.digest() + " is ambiguous: it is served as " + MediaTypes.OCI_INDEX + " but is no index"
                + " (CVE-2021-41190); name an image that is one thing");
    }

    @Test
    void saveWhenTransferIsTooSlowSaysHowSlow() {
        registry.fault(layer, Fault.trickle(Duration.ofSeconds(20), 1));
        RegistryAccess.Builder slow = settings().retries(0).minimumRate(1_000_000, Duration.ofMillis(300));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(slow).save("app/x:1"))
                .withMessageMatching(
                        "(?s)\\Q" + FAILED + registry.host() + "\\E failed: only [0-9]+ bytes a second came"
                                + " or went for 0\\.[3-9] s, 1000000 are wanted; check the network and the proxy, or allow a"
                                + " lower rate");
    }

    @Test
    void saveWhenTransferWasTooSlowOnceGoesOnWhereItEnded() throws Exception {
        registry.fault(layer, Fault.trickle(Duration.ofSeconds(20), 1));

        saving(settings().minimumRate(1_000_000, Duration.ofMillis(300))).save("app/x:1");

        assertThat(registry.ranges()).hasSize(1);
    }

    private void saveWhole() throws Exception {
        assertThat(saving().save("app/x:1").images().get(0).digest()).isEqualTo(image.digest());
        assertThat(new ContentStore(directory.resolve("store")).open(Digest.parse(layer)))
                .hasBinaryContent(image.layer());
    }

    private void assertFails(String message) {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().retries(1)).save("app/x:1"))
                .withMessage(FAILED + message);
    }
}
