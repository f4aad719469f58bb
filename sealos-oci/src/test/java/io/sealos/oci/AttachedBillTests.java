package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.trust.BillOfMaterials;
import io.sealos.oci.trust.Provenance;
import io.sealos.oci.trust.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill of materials and the provenance as documents that are attached to an image. */
class AttachedBillTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private InProcessRegistry registry;
    private BillFixture fixture;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        fixture = new BillFixture(Files.createDirectory(directory.resolve("context")), registry);
        fixture.putImages();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ClusterImageBuilder builder() {
        return fixture.builder(directory.resolve("store"))
                .provenance(URI.create("https://ci.example.com/builders/release"));
    }

    @Test
    void writeToWhenTargetIsALayoutAttachesBothDocuments() throws IOException {
        Path out = directory.resolve("out");

        BuildResult done = builder().build().writeTo(OciLayout.directory(out));

        JsonNode listed = listed(out);
        assertThat(listed)
                .map(it -> it.path("artifactType").asText())
                .containsExactly(BillOfMaterials.MEDIA_TYPE, Provenance.MEDIA_TYPE);
        assertThat(ClusterImage.inspect(OciLayout.directory(out)).documents())
                .map(ImageDocument::type)
                .containsExactly(BillOfMaterials.MEDIA_TYPE, Provenance.MEDIA_TYPE);
        String bill = done.billOfMaterials().orElseThrow().toJson();
        String provenance = done.provenance().orElseThrow().toJson();
        assertThat(blob(out, Digests.sha256(bill))).hasContent(bill);
        assertThat(blob(out, Digests.sha256(provenance))).hasContent(provenance);
        OciLayoutVerifier.verify(out).orThrow();
    }

    private static Path blob(Path layout, Digest digest) {
        return layout.resolve("blobs/sha256/" + digest.hex());
    }

    @Test
    void writeToWhenDocumentsAreAttachedGivesTheSameImageAsWithout() throws IOException {
        BuildResult with = builder().build().writeTo(OciLayout.archive(directory.resolve("with.tar")));
        BuildResult without = fixture.builder(directory.resolve("store"))
                .billOfMaterials(false)
                .build()
                .writeTo(OciLayout.archive(directory.resolve("without.tar")));

        assertThat(with.digest()).isEqualTo(without.digest());
        assertThat(with.layers()).isEqualTo(without.layers());
    }

    @Test
    void writeToWhenRepeatedGivesTheSameArchive() throws IOException {
        builder().build().writeTo(OciLayout.archive(directory.resolve("a.tar")));
        builder().build().writeTo(OciLayout.archive(directory.resolve("b.tar")));

        assertThat(directory.resolve("a.tar")).hasSameBinaryContentAs(directory.resolve("b.tar"));
    }

    @Test
    void writeToWhenTargetIsARegistryAddsReferrers() throws Exception {
        registry.serve("target.example");
        BuildResult done = builder()
                .registryAccess(registry.access())
                .build()
                .writeTo(RegistryImage.of("target.example/shop:1").withAccess(registry.access()));

        JsonNode list = get("shop", done.digest().toString().replace(':', '-'));
        assertThat(list.path("manifests")).hasSize(2);
        JsonNode manifest =
                get("shop", list.path("manifests").get(0).path("digest").asText());
        assertThat(manifest.path("subject").path("digest").asText())
                .isEqualTo(done.digest().toString());
        assertThat(manifest.path("layers").get(0).path("digest").asText())
                .isEqualTo(Digests.sha256(done.billOfMaterials().orElseThrow().toJson())
                        .toString());
    }

    private JsonNode get(String repository, String reference) throws Exception {
        URI address = registry.endpoint().resolve("/v2/" + repository + "/manifests/" + reference);
        return JSON.readTree(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    @Test
    void writeToWhenTargetIsADockerArchiveOnlyReturnsTheDocuments() throws IOException {
        Path archive = directory.resolve("docker.tar");

        BuildResult done = builder().build().writeTo(DockerArchive.file(archive));

        assertThat(done.billOfMaterials()).isPresent();
        assertThat(done.provenance()).isPresent();
        builder().billOfMaterials(false).build().writeTo(DockerArchive.file(directory.resolve("plain.tar")));
        assertThat(archive).hasSameBinaryContentAs(directory.resolve("plain.tar"));
    }

    @Test
    void writeToOfDocumentsWritesFilesBesideTheArchive() throws IOException {
        BuildResult done = builder().build().writeTo(OciLayout.archive(directory.resolve("shop.tar")));
        BillOfMaterials bill = done.billOfMaterials().orElseThrow();
        Provenance provenance = done.provenance().orElseThrow();

        bill.writeTo(directory.resolve("shop.tar.cdx.json"));
        provenance.writeTo(directory.resolve("shop.tar.intoto.json"));

        assertThat(BillOfMaterials.parse(Files.readString(directory.resolve("shop.tar.cdx.json"))))
                .isEqualTo(bill);
        assertThat(Provenance.parse(Files.readString(directory.resolve("shop.tar.intoto.json"))))
                .isEqualTo(provenance);
    }

    @Test
    void writeToWhenImageIsSignedAttachesTheProvenanceSignedWithTheDigestOfTheBill() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path out = directory.resolve("out");

        BuildResult done = builder()
                .sign(SigningKey.of(pair.getPrivate(), pair.getPublic()))
                .build()
                .writeTo(OciLayout.directory(out));

        JsonNode envelope = provenanceBundle(out).path("dsseEnvelope");
        String provenance = done.provenance().orElseThrow().toJson();
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo(provenance);
        String type = "application/vnd.in-toto+json";
        assertThat(envelope.path("payloadType").asText()).isEqualTo(type);
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(pair.getPublic());
        verifier.update(
                ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        verifier.update(payload);
        assertThat(verifier.verify(Base64.getDecoder()
                        .decode(envelope.path("signatures").get(0).path("sig").asText())))
                .isTrue();
        JsonNode run = JSON.readTree(provenance).path("predicate").path("runDetails");
        assertThat(run.path("byproducts").toString())
                .isEqualTo("[{\"name\":\"bill of materials\",\"digest\":{\"sha256\":\""
                        + Digests.sha256(done.billOfMaterials().orElseThrow().toJson())
                                .hex()
                        + "\"},\"mediaType\":\"application/vnd.cyclonedx+json\"}]");
        OciLayoutVerifier.verify(out).orThrow();
    }

    /** {@return the only bundle with a provenance, of which no unsigned form is attached} */
    private static JsonNode provenanceBundle(Path out) throws IOException {
        List<JsonNode> bundles = new ArrayList<>();
        for (JsonNode listed : listed(out)) {
            assertThat(listed.path("artifactType").asText()).isNotEqualTo(Provenance.MEDIA_TYPE);
            String predicate = listed.path("annotations")
                    .path("dev.sigstore.bundle.predicateType")
                    .asText();
            if (predicate.equals(Provenance.PREDICATE_TYPE)) {
                JsonNode manifest = JSON.readTree(
                        blob(out, Digest.parse(listed.path("digest").asText())).toFile());
                String digest = manifest.path("layers").get(0).path("digest").asText();
                bundles.add(JSON.readTree(blob(out, Digest.parse(digest)).toFile()));
            }
        }
        assertThat(bundles).hasSize(1);
        return bundles.get(0);
    }

    private static JsonNode listed(Path out) throws IOException {
        JsonNode entries = JSON.readTree(out.resolve("index.json").toFile()).path("manifests");
        assertThat(entries).hasSize(1);
        String list = entries.get(0)
                .path("annotations")
                .path("io.sealos.image.documents")
                .asText();
        return JSON.readTree(blob(out, Digest.parse(list)).toFile()).path("manifests");
    }
}
