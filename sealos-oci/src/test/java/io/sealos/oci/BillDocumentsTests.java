package io.sealos.oci;

import static io.sealos.oci.BillFixture.component;
import static io.sealos.oci.BillFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.peers.TestArtifact;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents that the vendors of images have attached to them. */
class BillDocumentsTests {
    private static final String REPOSITORY = "tools/shell";

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

    private JsonNode bill(boolean referrers) throws IOException {
        BuildResult done = fixture.builder(directory.resolve("store"))
                .referrers(referrers)
                .build()
                .writeTo(OciLayout.archive(directory.resolve("shop.tar")));
        return BillFixture.valid(done.billOfMaterials().orElseThrow());
    }

    @Test
    void writeToWhenDocumentsHaveTagsLinksThemByTheirKinds() throws IOException {
        Digest image = registry.putImage("quay.io/tools/shell:9");
        attach(image, ".sbom", "application/vnd.cyclonedx+json");
        attach(image, ".att", "application/vnd.dsse.envelope.v1+json");
        attach(image, ".sig", "application/vnd.dev.cosign.simplesigning.v1+json");

        JsonNode bill = bill(true);

        assertThat(stream(component(bill, "image:tools/shell@").path("externalReferences"))
                        .map(it -> it.path("type").asText() + " "
                                + it.path("comment").asText().split(",", 2)[0]))
                .containsExactly(
                        "attestation application/vnd.dsse.envelope.v1+json",
                        "bom application/vnd.cyclonedx+json",
                        "digital-signature application/vnd.dev.cosign.simplesigning.v1+json");
        assertThat(stream(bill.path("components"))
                        .filter(it -> it.path("name").asText().contains(REPOSITORY)))
                .hasSize(1);
    }

    private void attach(Digest image, String suffix, String mediaType) {
        new TestArtifact(registry)
                .config(MediaTypes.OCI_CONFIG, "{}")
                .layer(mediaType, "{\"of\":\"" + suffix + "\"}")
                .put(REPOSITORY, image.toString().replace(':', '-') + suffix);
    }

    @Test
    void writeToWhenDocumentIsAReferrerLinksItWithItsDigestAndPath() throws IOException {
        byte[] spdx = putReferrer(registry.putImage("quay.io/tools/shell:9"));

        JsonNode links = component(bill(true), "image:tools/shell@").path("externalReferences");

        String digest = Digests.sha256("{\"spdx\":1}").hex();
        assertThat(links.toString())
                .isEqualTo("[{\"type\":\"bom\",\"url\":\"registry/docker/registry/v2/blobs/sha256/"
                        + digest.substring(0, 2) + "/" + digest + "/data\",\"comment\":\"application/spdx+json, in the"
                        + " manifest " + Digests.sha256(spdx) + "\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\""
                        + digest + "\"}]}]");
        assertThat(component(bill(false), "image:tools/shell@").has("externalReferences"))
                .isFalse();
    }

    private byte[] putReferrer(Digest image) {
        byte[] spdx = new TestArtifact(registry)
                .config("application/vnd.oci.empty.v1+json", "{}")
                .layer("application/spdx+json", "{\"spdx\":1}")
                .field("\"artifactType\":\"application/spdx+json\",\"subject\":{\"mediaType\":\""
                        + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + image + "\",\"size\":1}")
                .put(REPOSITORY, "attached");
        String list = "{\"schemaVersion\":2,\"manifests\":[" + descriptor(spdx, "") + "]}";
        registry.putManifest(
                REPOSITORY,
                image.toString().replace(':', '-'),
                MediaTypes.OCI_INDEX,
                list.getBytes(StandardCharsets.UTF_8));
        return spdx;
    }

    @Test
    void writeToWhenTheIndexHasAnAttestationLinksIt() throws IOException {
        byte[] image = new TestArtifact(registry)
                .config(
                        MediaTypes.OCI_CONFIG,
                        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                .put(REPOSITORY, "image");
        byte[] attestation = new TestArtifact(registry)
                .config(MediaTypes.OCI_CONFIG, "{\"architecture\":\"unknown\",\"os\":\"unknown\"}")
                .layer("application/vnd.in-toto+json", "{\"statement\":1}")
                .field("\"annotations\":{\"in-toto.io/predicate-type\":\"https://spdx.dev/Document\"}")
                .put(REPOSITORY, "statement");
        putIndex(image, attestation);

        JsonNode bill = bill(true);

        assertThat(component(bill, "image:tools/shell@" + Digests.sha256(image))
                        .path("externalReferences")
                        .path(0)
                        .path("comment")
                        .asText())
                .isEqualTo("application/vnd.in-toto+json, https://spdx.dev/Document, in the manifest "
                        + Digests.sha256(attestation));
        assertThat(bill.toString()).doesNotContain("image:tools/shell@" + Digests.sha256(attestation));
    }

    private void putIndex(byte[] image, byte[] attestation) {
        String platform = ",\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}";
        String attached = ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\","
                + "\"vnd.docker.reference.digest\":\"" + Digests.sha256(image) + "\"}";
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + descriptor(image, platform.formatted("linux", "amd64")) + ","
                + descriptor(attestation, platform.formatted("unknown", "unknown") + attached) + "]}";
        registry.putManifest(REPOSITORY, "9", MediaTypes.OCI_INDEX, index.getBytes(StandardCharsets.UTF_8));
    }

    private static String descriptor(byte[] manifest, String more) {
        return TestArtifact.descriptor(MediaTypes.OCI_MANIFEST, manifest).replaceFirst("}$", "") + more + "}";
    }
}
