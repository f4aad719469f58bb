package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which images are verified at a site, and what the report says. */
class SignatureVerifierTests extends SignedLayoutFixture {
    @Test
    void verifyWhenImageIsSignedSaysByWhom() throws IOException {
        BuildResult done = signed();

        SignatureReport report = verify().orThrow();

        String name = publicKey.toString();
        assertThat(report.digest()).isEqualTo(done.digest());
        assertThat(report.names()).containsExactly(NAME);
        assertThat(report.problems()).isEmpty();
        assertThat(report)
                .hasToString("oci:" + layout + ": " + done.digest() + " is signed, unchanged\n"
                        + "bundle (https://sigstore.dev/cosign/sign/v1) of " + done.digest() + " by " + name + "\n"
                        + "simple signing (" + NAME + ") of " + done.digest() + " by " + name);
    }

    @Test
    void toJsonWhenImageIsSignedHasEachSignature() throws IOException {
        Digest digest = signed().digest();

        assertThat(verify().toJson()).isEqualTo("""
                        {
                          "source": "oci:%s",
                          "names": [
                            "hub.example/app:1"
                          ],
                          "digest": "%s",
                          "verified": true,
                          "signed": true,
                          "signatures": [
                            {
                              "subject": "%s",
                              "form": "bundle",
                              "key": "%s",
                              "statement": "https://sigstore.dev/cosign/sign/v1"
                            },
                            {
                              "subject": "%s",
                              "form": "simple_signing",
                              "key": "%s",
                              "statement": "hub.example/app:1"
                            }
                          ],
                          "mismatches": []
                        }
                        """.formatted(layout, digest, digest, publicKey, digest, publicKey));
    }

    @Test
    void verifyWhenSourceIsAnArchiveOrItsPartsVerifiesThem() throws IOException {
        ClusterImage image = builder()
                .platform("linux/amd64")
                .platform("linux/arm64")
                .sign(key)
                .build();
        Path archive = directory.resolve("app.tar");
        image.writeTo(OciLayout.archive(archive));
        image.writeTo(OciLayout.archive(directory.resolve("cut.tar")).inParts(PartSize.ofBytes(4096)));

        assertThat(SignatureVerifier.verify(OciLayout.archive(archive), publicKey)
                        .orThrow()
                        .signatures())
                .hasSize(6);
        assertThat(SignatureVerifier.verify(
                                OciLayout.archive(directory.resolve("cut.tar.parts.json")),
                                ImageChoice.any().tag(NAME),
                                List.of(another("EC"), publicKey))
                        .isVerified())
                .isTrue();
    }

    @Test
    void verifyWhenKeyIsAnotherOneDoesNotTrustIt() throws IOException {
        BuildResult done = signed();

        SignatureReport report =
                SignatureVerifier.verify(OciLayout.directory(layout), another("Ed25519"), another("EC"));

        assertThat(report.isVerified()).isFalse();
        assertThatExceptionOfType(UnverifiedImageException.class)
                .isThrownBy(report::orThrow)
                .withMessage("oci:" + layout + " cannot be trusted:\n"
                        + "  " + done.digest() + " is not signed by a given key\n"
                        + "  bundle of " + done.digest() + ": signed by another key\n"
                        + "  simple signing of " + done.digest() + ": signed by another key\n"
                        + "do not run it; obtain the image again, or give the key of its signer")
                .satisfies(e -> assertThat(e.parts()).hasSize(3));
    }

    @Test
    void verifyWhenImageIsNotSignedSaysSo() throws IOException {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));

        assertThat(verify().problems()).containsExactly(done.digest() + " is not signed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "config", "manifest"})
    void verifyWhenABlobWasChangedNamesIt(String which) throws IOException {
        BuildResult done = signed();
        Digest config = Digest.parse(new ObjectMapper()
                .readTree(blob(done.digest()).toFile())
                .path("config")
                .path("digest")
                .asText());
        Digest changed = switch (which) {
            case "layer" -> done.layers().get(0).digest();
            case "config" -> config;
            default -> done.digest();
        };
        byte[] bytes = Files.readAllBytes(blob(changed));
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob(changed), bytes);

        SignatureReport report = verify();

        assertThat(report.isVerified()).isFalse();
        assertThat(report.mismatches())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("blob " + changed + " has the digest " + Digests.sha256(bytes));
        Files.delete(blob(changed));
        assertThat(verify().mismatches()).first().asString().endsWith("blob " + changed + " is missing");
    }

    @Test
    void verifyWhenDocumentsWereRemovedIsNotSigned() throws Exception {
        BuildResult done = signed();
        String index = Files.readString(layout.resolve("index.json"));
        int start = index.indexOf("io.sealos.image.documents\":\"") + 28;
        Files.delete(blob(Digest.parse(index.substring(start, start + 71))));

        assertThat(verify().problems()).containsExactly(done.digest() + " is not signed");
    }

    @Test
    void verifyWhenOtherToolsListTheSignatureInTheIndexFindsIt() throws Exception {
        BuildResult done = signed();
        Path index = layout.resolve("index.json");
        var json = (ObjectNode) new ObjectMapper().readTree(index.toFile());
        var entry = json.withArray("/manifests").get(0);
        Digest list = Digest.parse(
                entry.path("annotations").path("io.sealos.image.documents").asText());
        ((ObjectNode) entry.path("annotations")).remove("io.sealos.image.documents");
        new ObjectMapper().readTree(blob(list).toFile()).path("manifests").forEach(json.withArray("/manifests")::add);
        Files.writeString(index, json.toString());

        assertThat(verify().digest()).isEqualTo(done.digest());
        assertThat(verify().signatures()).hasSize(2);
        assertThat(verify().isVerified()).isTrue();
    }

    @Test
    void inspectWhenImageIsSignedShowsItsDocuments() throws Exception {
        BuildResult done = builder()
                .platform("linux/amd64")
                .platform("linux/arm64")
                .sign(key)
                .build()
                .writeTo(OciLayout.directory(layout));

        List<ImageDocument> documents = ClusterImage.inspect(
                        OciLayout.directory(layout), ImageChoice.any().platform("linux/arm64"))
                .documents();

        Digest arm = done.platformResults().get(1).digest();
        assertThat(documents)
                .extracting(ImageDocument::subject)
                .containsExactly(done.digest(), done.digest(), arm, arm);
        assertThat(documents.get(0).type()).isEqualTo("application/vnd.dev.sigstore.bundle.v0.3+json");
        assertThat(documents.get(1).type()).isEqualTo("application/vnd.dev.cosign.simplesigning.v1+json");
        assertThat(documents.get(0).annotations()).containsEntry("dev.sigstore.bundle.content", "dsse-envelope");
        byte[] bundle = documents.get(0).read(OciLayout.directory(layout));
        CosignRules.bundle(bundle, done.digest().toString(), pair.getPublic());
        assertThat(documents.get(0))
                .hasToString("application/vnd.dev.sigstore.bundle.v0.3+json "
                        + documents.get(0).content() + ", " + bundle.length + " bytes");
        Files.writeString(blob(documents.get(0).content()), "x");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> documents.get(0).read(OciLayout.directory(layout)))
                .withMessageContaining("has the digest");
    }

    @Test
    void indexWhenAnImageIsSignedDropsTheListOfItsDocuments() throws Exception {
        signed();
        Path combined = directory.resolve("combined");
        ClusterImage.index(OciLayout.directory(layout)).tag("a:1").writeTo(OciLayout.directory(combined));

        assertThat(OciLayoutVerifier.verify(combined).orThrow().notices()).isEmpty();
        assertThat(Files.readString(combined.resolve("index.json"))).doesNotContain("io.sealos");
    }

    @Test
    void verifyWhenThereIsNoKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureVerifier.verify(OciLayout.directory(layout)))
                .withMessage("there is no key; give the public key of who has signed the image");
    }
}
