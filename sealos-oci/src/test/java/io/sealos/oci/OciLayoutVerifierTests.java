package io.sealos.oci;

import static io.sealos.oci.WriterFixture.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layout.WrittenImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutVerifierTests {
    @TempDir
    private Path directory;

    private Path layout;
    private WrittenImage image;

    @BeforeEach
    void write() throws IOException {
        WriterFixture fixture = new WriterFixture(directory).file("a", "a").file("b", "b");
        layout = fixture.layout();
        image = fixture.write(copy("a", "/a"), copy("b", "/b"));
    }

    private Path blob(String hex) {
        return layout.resolve("blobs/sha256").resolve(hex);
    }

    private LayerBlob layer(int index) {
        return image.manifests().get(0).layers().get(index);
    }

    @Test
    void verifyWhenLayoutIsSoundCountsWhatItRead() {
        VerificationReport report = OciLayoutVerifier.verify(layout).orThrow();
        assertThat(report.isValid()).isTrue();
        assertThat(report.images()).isEqualTo(1);
        assertThat(report.layers()).isEqualTo(2);
        assertThat(report.blobs()).isEqualTo(4);
        assertThat(report.notices()).isEmpty();
    }

    @Test
    void verifyWhenBlobsAreBrokenListsAllMismatches() throws IOException {
        byte[] first = Files.readAllBytes(blob(layer(0).digest().hex()));
        first[first.length - 1] ^= 1;
        Files.write(blob(layer(0).digest().hex()), first);
        Files.writeString(blob(layer(1).digest().hex()), "x", StandardOpenOption.APPEND);
        String manifest = "manifest " + image.root().digest();
        VerificationReport report = OciLayoutVerifier.verify(layout);
        assertThat(report.mismatches()).hasSize(2);
        assertThat(report.mismatches().get(1))
                .startsWith(manifest + ", layer 1: blob " + layer(0).digest() + " has the digest sha256:");
        assertThat(report.mismatches().get(0))
                .isEqualTo(manifest + ", layer 2: blob " + layer(1).digest() + " has "
                        + (layer(1).size() + 1) + " bytes, the descriptor says "
                        + layer(1).size());
        assertThatExceptionOfType(InvalidOciLayoutException.class)
                .isThrownBy(report::orThrow)
                .withMessage("the image in " + layout + " is broken:\n" + String.join("\n", report.mismatches()));
    }

    @Test
    void verifyWhenBlobIsMissingOrUnusedSaysSo() throws IOException {
        Files.delete(blob(image.manifests().get(0).configDigest().hex()));
        Files.writeString(blob("0".repeat(64)), "unused");
        VerificationReport report = OciLayoutVerifier.verify(layout);
        assertThat(report.mismatches())
                .containsExactly("manifest " + image.root().digest() + ", config: blob "
                        + image.manifests().get(0).configDigest() + " is missing");
        assertThat(report.notices()).contains("blobs/sha256/" + "0".repeat(64) + ": nothing points to this file");
    }

    @Test
    void verifyWhenDirectoryIsNoLayoutSaysWhatIsMissing() {
        Path empty = directory.resolve("nothing");
        assertThat(OciLayoutVerifier.verify(empty).mismatches())
                .containsExactly(empty + ": oci-layout is missing", empty + ": index.json is missing");
    }

    @Test
    void verifyWhenMediaTypeInTheIndexIsWrongSaysSo() throws IOException {
        HandMadeLayout made = new HandMadeLayout(directory.resolve("made"));
        String manifest = made.image(HandMadeLayout.tar("a"));
        made.index(manifest.replace("image.manifest.v1", "image.manifest.v2"));
        assertThat(OciLayoutVerifier.verify(made.directory()).mismatches())
                .singleElement()
                .asString()
                .startsWith("manifest sha256:")
                .endsWith(": is called application/vnd.oci.image.manifest.v2+json, but is a manifest");

        made.index(manifest);
        Path index = made.directory().resolve("index.json");
        Files.writeString(
                index,
                Files.readString(index)
                        .replace("{\"schemaVersion\"", "{\"mediaType\":\"text/plain\",\"schemaVersion\""));
        assertThat(OciLayoutVerifier.verify(made.directory()).mismatches())
                .containsExactly(
                        "index.json: its media type is text/plain, not application/vnd.oci.image.index.v1+json");
    }
}
