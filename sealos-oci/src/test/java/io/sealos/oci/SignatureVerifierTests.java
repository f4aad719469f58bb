package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactBlob;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import io.sealos.oci.internal.trust.attach.Attachment;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.internal.trust.sign.SignedStatement;
import io.sealos.oci.internal.trust.sign.SimpleSigning;
import io.sealos.oci.trust.SigningKey;
import io.sealos.oci.trust.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which images are verified at a site, with right signatures and with wrong ones of each kind. */
class SignatureVerifierTests {
    private static final String NAME = "hub.example/app:1";

    @TempDir
    private Path directory;

    private final KeyPair pair = SigningTests.pair("Ed25519");
    private final SigningKey key = SigningKey.of(pair.getPrivate(), pair.getPublic());
    private final VerificationKey publicKey = VerificationKey.of(pair.getPublic());
    private Path layout;

    @BeforeEach
    void makeContext() throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY a a\n");
        Files.writeString(context.resolve("a"), "one");
        layout = directory.resolve("layout");
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .saveImages(false)
                .contentStore(directory.resolve("store"))
                .tag(NAME);
    }

    private BuildResult signed() throws IOException {
        return builder().sign(key).build().writeTo(OciLayout.directory(layout));
    }

    private SignatureReport verify() throws IOException {
        return SignatureVerifier.verify(OciLayout.directory(layout), publicKey);
    }

    private static VerificationKey another(String algorithm) {
        return VerificationKey.of(SigningTests.pair(algorithm).getPublic());
    }

    private Path blob(Digest digest) {
        return layout.resolve("blobs/sha256").resolve(digest.hex());
    }

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
    void verifyWhenThePlatformManifestsAreSignedAcceptsTheIndex() throws Exception {
        builder().platform("linux/amd64").platform("linux/arm64").build().writeTo(OciLayout.directory(layout));
        List<Digest> platforms = OciLayoutVerifier.verify(layout).isValid() ? manifests() : List.of();

        attach(bundle(platforms.get(0), key));
        assertThat(verify().isSigned()).isFalse();
        attach(bundle(platforms.get(0), key), bundle(platforms.get(1), key));
        assertThat(verify().isVerified()).isTrue();
    }

    @Test
    void verifyWhenASignatureIsOfAnotherImageRefusesIt() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        Subject other = new Subject(MediaTypes.OCI_MANIFEST, Digests.sha256("other"), 5);
        byte[] replayed = SignedStatement.sign(SignedStatement.signature(other), SignedStatement.SIGNATURE, key)
                .content();
        byte[] payload =
                ("{\"critical\":{\"identity\":{\"docker-reference\":\"a\"},\"image\":{\"docker-manifest-digest\":\""
                                + other.digest()
                                + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                        .getBytes(StandardCharsets.UTF_8);

        attach(content(done.digest(), replayed), tagged(done.digest(), payload, key.sign(payload)));

        assertThat(verify().problems())
                .containsExactly(
                        done.digest() + " is not signed by a given key",
                        "bundle (https://sigstore.dev/cosign/sign/v1) of " + done.digest() + " by " + key
                                + ": it signs another image, " + other.digest(),
                        "simple signing (a) of " + done.digest() + " by " + key + ": it signs another image, "
                                + other.digest());
    }

    @Test
    void verifyWhenOnlyAnotherStatementIsSignedIsNoSignature() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        byte[] statement = new String(SignedStatement.signature(subject(done.digest())), StandardCharsets.UTF_8)
                .replace("https://sigstore.dev/cosign/sign/v1", "https://slsa.dev/provenance/v1")
                .getBytes(StandardCharsets.UTF_8);

        attach(content(
                done.digest(),
                SignedStatement.sign(statement, "https://slsa.dev/provenance/v1", key)
                        .content()));

        SignatureReport report = verify();
        assertThat(report.isSigned()).isFalse();
        assertThat(report.signatures().get(0).key()).contains(key.toString());
        assertThat(report.signatures().get(0).statement()).isEqualTo("https://slsa.dev/provenance/v1");
    }

    @Test
    void verifyWhenAPayloadHasAnotherTypeRefusesIt() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        byte[] payload = ("{\"critical\":{\"image\":{\"docker-manifest-digest\":\"" + done.digest()
                        + "\"},\"type\":\"atomic container signature\"}}")
                .getBytes(StandardCharsets.UTF_8);

        attach(tagged(done.digest(), payload, key.sign(payload)));

        assertThat(verify().signatures().get(0).problem())
                .isEqualTo("its payload has the type 'atomic container signature'");
    }

    @Test
    void verifyWhenABundleWasChangedOrCutNeverTrustsIt() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        byte[] right = SignedStatement.sign(
                        SignedStatement.signature(subject(done.digest())), SignedStatement.SIGNATURE, key)
                .content();
        Random random = new Random(3);
        String text = new String(right, StandardCharsets.UTF_8);
        int payloadStart = text.indexOf("\"payload\":\"") + 11;
        for (int round = 0; round < 60; round++) {
            byte[] wrong = round % 2 == 0 ? Arrays.copyOf(right, random.nextInt(right.length)) : right.clone();
            if (round % 2 == 1) {
                int place = payloadStart + random.nextInt(300);
                wrong[place] = (byte) (wrong[place] == 'A' ? 'B' : 'A');
            }
            attach(content(done.digest(), wrong));
            assertThat(verify().isSigned()).as("round " + round).isFalse();
        }
        attach(content(done.digest(), right));
        assertThat(verify().isSigned()).isTrue();
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
        var json = (com.fasterxml.jackson.databind.node.ObjectNode) new ObjectMapper().readTree(index.toFile());
        var entry = json.withArray("/manifests").get(0);
        Digest list = Digest.parse(
                entry.path("annotations").path("io.sealos.image.documents").asText());
        ((com.fasterxml.jackson.databind.node.ObjectNode) entry.path("annotations"))
                .remove("io.sealos.image.documents");
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

        assertThat(OciLayoutVerifier.verify(combined).orThrow().notes()).isEmpty();
        assertThat(Files.readString(combined.resolve("index.json"))).doesNotContain("io.sealos");
    }

    @Test
    void verifyWhenThereIsNoKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureVerifier.verify(OciLayout.directory(layout)))
                .withMessage("there is no key; give the public key of who has signed the image");
    }

    private List<Digest> manifests() throws IOException {
        String root = new ObjectMapper()
                .readTree(layout.resolve("index.json").toFile())
                .path("manifests")
                .get(0)
                .path("digest")
                .asText();
        List<Digest> manifests = new java.util.ArrayList<>();
        new ObjectMapper()
                .readTree(blob(Digest.parse(root)).toFile())
                .path("manifests")
                .forEach(
                        entry -> manifests.add(Digest.parse(entry.path("digest").asText())));
        return manifests;
    }

    private Subject subject(Digest digest) throws IOException {
        return new Subject(MediaTypes.OCI_MANIFEST, digest, Files.size(blob(digest)));
    }

    private Artifact bundle(Digest digest, SigningKey by) throws IOException {
        return SignedStatement.sign(SignedStatement.signature(subject(digest)), SignedStatement.SIGNATURE, by)
                .attachTo(subject(digest));
    }

    private Artifact content(Digest digest, byte[] bundle) throws IOException {
        return new Attachment(SignedStatement.BUNDLE, SignedStatement.BUNDLE, bundle, Map.of())
                .attachTo(subject(digest));
    }

    private Artifact tagged(Digest digest, byte[] payload, byte[] signature) throws IOException {
        Map<String, String> annotations =
                Map.of(SimpleSigning.SIGNATURE, Base64.getEncoder().encodeToString(signature));
        return SimpleSigning.artifact(
                subject(digest), List.of(new ArtifactBlob(SimpleSigning.PAYLOAD, payload, annotations)));
    }

    /** Replaces the documents of the only image of the layout. */
    private void attach(Artifact... documents) throws IOException {
        byte[] list = ArtifactDocuments.list(List.of(documents));
        Files.write(blob(Digests.sha256(list)), list);
        for (Artifact document : documents) {
            Files.write(blob(document.digest()), document.manifest());
            for (ArtifactBlob content : document.blobs()) {
                Files.write(blob(content.digest()), content.bytes());
            }
        }
        Path index = layout.resolve("index.json");
        var json = (com.fasterxml.jackson.databind.node.ObjectNode) new ObjectMapper().readTree(index.toFile());
        ((com.fasterxml.jackson.databind.node.ObjectNode)
                        json.withArray("/manifests").get(0))
                .withObject("/annotations")
                .put("io.sealos.image.documents", Digests.sha256(list).toString());
        Files.writeString(index, json.toString());
    }
}
