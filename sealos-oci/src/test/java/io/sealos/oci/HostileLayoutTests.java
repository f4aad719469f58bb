package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts that are made to mislead: the verifier lists what is wrong, and the inspection fails clearly. */
class HostileLayoutTests {
    @TempDir
    private Path directory;

    private HandMadeLayout layout;

    @BeforeEach
    void makeLayout() throws IOException {
        layout = new HandMadeLayout(directory.resolve("layout"));
    }

    private List<String> mismatches() {
        return OciLayoutVerifier.verify(layout.directory()).mismatches();
    }

    private void assertInspectionFails(String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.inspect(OciLayout.directory(layout.directory())))
                .withMessage(message);
    }

    private List<String> mismatchesOfLayer(String... names) throws IOException {
        layout.index(layout.image(HandMadeLayout.tar(names)));
        return mismatches().stream()
                .map(line -> line.replaceFirst("manifest sha256:[0-9a-f]+, ", ""))
                .toList();
    }

    @Test
    void verifyWhenLayerIsSoundFindsNothing() throws IOException {
        assertThat(mismatchesOfLayer("a/", "a/b", "a/.wh.c", "d/.wh..wh..opq")).isEmpty();
        assertThat(ClusterImage.inspect(OciLayout.directory(layout.directory())).layers())
                .hasSize(1);
    }

    @Test
    void verifyWhenNamesMisleadListsAllOfThem() throws IOException {
        assertThat(mismatchesOfLayer("/abs", "../up", "a", "./a", "a/below"))
                .containsExactly(
                        "layer 1: entry '/abs' is not relative",
                        "layer 1: entry '../up' leads out of the image",
                        "layer 1: entry './a' is there twice",
                        "layer 1: entry 'a/below' lies below 'a', which is not a directory");
    }

    @Test
    void verifyWhenWhiteoutsMakeNoSenseListsAllOfThem() throws IOException {
        assertThat(mismatchesOfLayer("a", ".wh.a", ".wh.b", "b", ".wh.", ".wh..wh.x", ".wh.d/"))
                .containsExactly(
                        "layer 1: entry 'a' is there, and a whiteout of it too",
                        "layer 1: entry 'b' is there, and a whiteout of it too",
                        "layer 1: whiteout '.wh.' hides nothing that can be there",
                        "layer 1: whiteout '.wh..wh.x' hides nothing that can be there",
                        "layer 1: whiteout '.wh.d/' is not an empty file");
    }

    @Test
    void verifyWhenChecksumOfAHeaderIsWrongSaysSo() throws IOException {
        byte[] tar = HandMadeLayout.tar("name");
        tar[0] = 'N';
        layout.index(layout.image(tar));
        assertThat(mismatches())
                .singleElement()
                .asString()
                .endsWith("layer 1: cannot be read as a tar: the checksum in the header of 'Name' is wrong");
    }

    @Test
    void verifyWhenNameIsEndlessStopsReadingIt() throws IOException {
        layout.index(layout.image(HandMadeLayout.tarWithLongName(8 << 20)));
        assertThat(mismatches())
                .singleElement()
                .asString()
                .endsWith("cannot be read as a tar: the headers of one entry take more than 1048576 bytes");
    }

    @Test
    void verifyWhenMediaTypeIsWrongNamesBoth() throws IOException {
        byte[] tar = HandMadeLayout.tar("a");
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(stored)) {
            gzip.write(tar);
        }
        layout.index(layout.image(MediaTypes.OCI_LAYER_ZSTD, stored.toByteArray(), Digests.sha256(tar)));
        assertThat(mismatches())
                .singleElement()
                .asString()
                .endsWith("layer 1: the media type is application/vnd.oci.image.layer.v1.tar+zstd, but the blob is"
                        + " compressed with gzip");
    }

    @Test
    void verifyWhenIndexesAreNestedTooDeepStops() throws IOException {
        String descriptor = layout.image(HandMadeLayout.tar("a"));
        for (int i = 0; i < 10; i++) {
            descriptor = layout.store(MediaTypes.OCI_INDEX, HandMadeLayout.indexOf(descriptor));
        }
        layout.index(descriptor);
        assertThat(mismatches()).singleElement().asString().endsWith(": indexes are nested more than 8 deep");
        assertInspectionFails(layout.directory()
                + ": index.json has indexes that are nested more than 8 deep; write the image again");
    }

    @Test
    void verifyWhenIndexNamesOneManifestVeryOftenReadsItOnce() throws IOException {
        String[] descriptors = new String[20_000];
        Arrays.fill(descriptors, layout.image(HandMadeLayout.tar("a")));
        layout.index(descriptors);
        VerificationReport report = OciLayoutVerifier.verify(layout.directory()).orThrow();
        assertThat(report.images()).isEqualTo(1);
        assertThat(report.blobs()).isEqualTo(3);
    }

    @Test
    void verifyWhenMismatchesAreCountlessKeepsTheFirst() throws IOException {
        String[] descriptors = new String[12_000];
        Arrays.fill(descriptors, "{}");
        layout.index(descriptors);
        assertThat(mismatches()).hasSize(10_001).last().isEqualTo("and 2000 more mismatches");
    }

    @Test
    void verifyWhenDocumentIsHugeDoesNotReadIt() throws IOException {
        layout.index(layout.store(MediaTypes.OCI_MANIFEST, new byte[(4 << 20) + 1]));
        assertThat(mismatches())
                .singleElement()
                .asString()
                .endsWith(": is larger than 4194304 bytes, which no document of an image is");
    }

    @Test
    void verifyWhenDocumentIsNoJsonQuotesNothingOfIt() throws IOException {
        String secret = layout.store(MediaTypes.OCI_MANIFEST, "root:secret");
        String twice = layout.store(MediaTypes.OCI_MANIFEST, "{\"schemaVersion\":2,\n\"schemaVersion\":2}");
        layout.index(secret, twice);
        assertThat(mismatches())
                .hasSize(2)
                .allMatch(line -> line.endsWith(" is not as it has to be"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void verifyWhenBlobIsALinkOutOfTheLayoutDoesNotFollowIt() throws IOException {
        String descriptor = layout.image(HandMadeLayout.tar("a"));
        layout.index(descriptor);
        Digest digest = Digest.parse(descriptor.replaceFirst(".*(sha256:[0-9a-f]{64}).*", "$1"));
        Path outside = directory.resolve("outside");
        Files.move(layout.blob(digest), outside);
        Files.createSymbolicLink(layout.blob(digest), outside);
        assertThat(mismatches())
                .containsExactly("index.json: blob " + digest + " is a link that leads out of the layout");
        assertInspectionFails(layout.directory() + ": blobs/sha256/" + digest.hex()
                + " is a link that leads out of the directory; write the image again");
    }

    @Test
    void verifyWhenIndexCallsItselfAManifestSaysSo() throws IOException {
        String inner = HandMadeLayout.indexOf(layout.image(HandMadeLayout.tar("a")));
        layout.index(layout.store(MediaTypes.OCI_MANIFEST, inner));
        assertThat(mismatches())
                .singleElement()
                .asString()
                .endsWith(": is called application/vnd.oci.image.manifest.v1+json, but is an index");
    }

    @Test
    void verifyWhenBesidesImagesThereIsSomethingElseChecksItsDigests() throws IOException {
        String config = layout.store("application/vnd.oci.empty.v1+json", "{}");
        String chart = layout.store("application/vnd.cncf.helm.chart.content.v1.tar+gzip", "chart");
        String manifest = layout.store(
                MediaTypes.OCI_MANIFEST, "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + chart + "]}");
        layout.index(manifest, layout.image(HandMadeLayout.tar("a")));
        VerificationReport report = OciLayoutVerifier.verify(layout.directory()).orThrow();
        assertThat(report.images()).isEqualTo(1);
        assertThat(report.blobs()).isEqualTo(6);
        assertThat(report.notices()).singleElement().asString().contains("is not an image");
        Files.writeString(
                layout.blob(Digests.sha256("chart".getBytes(java.nio.charset.StandardCharsets.UTF_8))), "CHART");
        assertThat(mismatches()).singleElement().asString().contains(", blob: blob sha256:");
    }
}
