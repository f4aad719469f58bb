package io.sealos.oci;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A layout with one image, whose documents a test replaces. */
abstract class SignedLayoutFixture {
    static final String NAME = "hub.example/app:1";

    @TempDir
    Path directory;

    final KeyPair pair = SigningTests.pair("Ed25519");
    final SigningKey key = SigningKey.of(pair.getPrivate(), pair.getPublic());
    final VerificationKey publicKey = VerificationKey.of(pair.getPublic());
    Path layout;

    @BeforeEach
    void makeContext() throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY a a\n");
        Files.writeString(context.resolve("a"), "one");
        layout = directory.resolve("layout");
    }

    ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .saveImages(false)
                .contentStore(directory.resolve("store"))
                .tag(NAME);
    }

    BuildResult signed() throws IOException {
        return builder().sign(key).build().writeTo(OciLayout.directory(layout));
    }

    SignatureReport verify() throws IOException {
        return SignatureVerifier.verify(OciLayout.directory(layout), publicKey);
    }

    static VerificationKey another(String algorithm) {
        return VerificationKey.of(SigningTests.pair(algorithm).getPublic());
    }

    Path blob(Digest digest) {
        return layout.resolve("blobs/sha256").resolve(digest.hex());
    }

    List<Digest> manifests() throws IOException {
        String root = new ObjectMapper()
                .readTree(layout.resolve("index.json").toFile())
                .path("manifests")
                .get(0)
                .path("digest")
                .asText();
        List<Digest> manifests = new ArrayList<>();
        new ObjectMapper()
                .readTree(blob(Digest.parse(root)).toFile())
                .path("manifests")
                .forEach(
                        entry -> manifests.add(Digest.parse(entry.path("digest").asText())));
        return manifests;
    }

    Subject subject(Digest digest) throws IOException {
        return new Subject(MediaTypes.OCI_MANIFEST, digest, Files.size(blob(digest)));
    }

    Artifact bundle(Digest digest, SigningKey by) throws IOException {
        return SignedStatement.sign(SignedStatement.signature(subject(digest)), SignedStatement.SIGNATURE, by)
                .attachTo(subject(digest));
    }

    Artifact content(Digest digest, byte[] bundle) throws IOException {
        return new Attachment(SignedStatement.BUNDLE, SignedStatement.BUNDLE, bundle, Map.of())
                .attachTo(subject(digest));
    }

    Artifact tagged(Digest digest, byte[] payload, byte[] signature) throws IOException {
        Map<String, String> annotations =
                Map.of(SimpleSigning.SIGNATURE, Base64.getEncoder().encodeToString(signature));
        return SimpleSigning.artifact(
                subject(digest), List.of(new ArtifactBlob(SimpleSigning.PAYLOAD, payload, annotations)));
    }

    /** Replaces the documents of the only image of the layout. */
    void attach(Artifact... documents) throws IOException {
        byte[] list = ArtifactDocuments.list(List.of(documents));
        Files.write(blob(Digests.sha256(list)), list);
        for (Artifact document : documents) {
            Files.write(blob(document.digest()), document.manifest());
            for (ArtifactBlob content : document.blobs()) {
                Files.write(blob(content.digest()), content.bytes());
            }
        }
        Path index = layout.resolve("index.json");
        var json = (ObjectNode) new ObjectMapper().readTree(index.toFile());
        ((ObjectNode) json.withArray("/manifests").get(0))
                .withObject("/annotations")
                .put("io.sealos.image.documents", Digests.sha256(list).toString());
        Files.writeString(index, json.toString());
    }
}
