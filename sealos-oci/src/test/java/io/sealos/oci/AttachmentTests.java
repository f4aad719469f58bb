package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.layout.ArchiveFile;
import io.sealos.oci.internal.layout.DocumentRequest;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.OutgoingDirectory;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.push.ImagePusher;
import io.sealos.oci.internal.push.OutgoingImage;
import io.sealos.oci.internal.push.PushSettings;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.trust.attach.Attachment;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests where the documents of an image are in layouts, in archives and at registries. */
class AttachmentTests {
    private static final String TYPE = "application/vnd.example.note+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private WriterFixture fixture;
    private ImageRequest request;

    @BeforeEach
    void makeContext() throws IOException {
        fixture = new WriterFixture(directory);
        fixture.file("a", "1");
        request = ImageRequest.of(fixture.recipe(WriterFixture.copy("a", "/a")), WriterFixture.TAG)
                .withDocuments(note("one"));
    }

    private static DocumentRequest note(String text) {
        Attachment note =
                new Attachment(TYPE, TYPE, text.getBytes(StandardCharsets.UTF_8), Map.of("org.example.note", "n"));
        return (image, names) -> List.of(note.attachTo(new Subject(
                image.root().mediaType(), image.root().digest(), image.root().size())));
    }

    private JsonNode blob(String digest) throws IOException {
        return JSON.readTree(fixture.layout()
                .resolve("blobs/sha256/" + Digest.parse(digest).hex())
                .toFile());
    }

    @Test
    void writeWhenImageHasDocumentsAddsAListThatIsNoEntryOfTheIndex() throws IOException {
        WrittenImage image = fixture.write(request);

        JsonNode entries =
                JSON.readTree(fixture.layout().resolve("index.json").toFile()).path("manifests");
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).path("digest").asText())
                .isEqualTo(image.root().digest().toString());
        JsonNode list = blob(entries.get(0)
                .path("annotations")
                .path("io.sealos.image.documents")
                .asText());
        assertThat(list.path("manifests")).hasSize(1);
        JsonNode listed = list.path("manifests").get(0);
        assertThat(listed.path("artifactType").asText()).isEqualTo(TYPE);
        assertThat(listed.path("annotations").toString()).isEqualTo("{\"org.example.note\":\"n\"}");
        JsonNode manifest = blob(listed.path("digest").asText());
        assertThat(manifest.path("artifactType").asText()).isEqualTo(TYPE);
        assertThat(manifest.path("subject").path("digest").asText())
                .isEqualTo(image.root().digest().toString());
        assertThat(manifest.path("config").path("mediaType").asText()).isEqualTo("application/vnd.oci.empty.v1+json");
        assertThat(OciLayoutVerifier.verify(fixture.layout()).notices())
                .allMatch(note -> note.endsWith("is not an image, so only digests and sizes are checked"))
                .hasSize(1);
    }

    @Test
    void verifyWhenADocumentWasChangedReportsIt() throws IOException {
        WrittenImage image = fixture.write(request);
        Digest note = image.documents().get(0).blobs().get(1).digest();
        Files.writeString(fixture.layout().resolve("blobs/sha256/" + note.hex()), "two");

        assertThat(OciLayoutVerifier.verify(fixture.layout()).mismatches())
                .containsExactly("manifest " + image.documents().get(0).digest() + ", blob: blob " + note
                        + " has the digest sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3");
    }

    @Test
    void writeWhenAnotherImageGetsTheTagDropsTheAnnotation() throws IOException {
        fixture.write(request);
        fixture.file("a", "2");
        fixture.write(ImageRequest.of(fixture.recipe(WriterFixture.copy("a", "/a")), WriterFixture.TAG));

        assertThat(Files.readString(fixture.layout().resolve("index.json"))).doesNotContain("io.sealos");
    }

    @Test
    void writeOciWhenRepeatedGivesTheSameBytes() throws IOException {
        new ArchiveFile(directory.resolve("a.tar")).writeOci(request);
        new ArchiveFile(directory.resolve("b.tar")).writeOci(request);

        assertThat(directory.resolve("a.tar")).hasSameBinaryContentAs(directory.resolve("b.tar"));
    }

    @Test
    void pushWhenRegistryHasNoReferrersAddsToTheListWithTheTag() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            WrittenImage image = push(registry, request);
            push(registry, request.withDocuments(note("two")));
            push(registry, request);
            assertThat(registry.requests()).endsWith("PUT /v2/app/manifests/1");

            String tag = "sha256-" + image.root().digest().hex();
            JsonNode list = JSON.readTree(get(registry, tag));
            assertThat(list.path("manifests")).hasSize(2);
            for (JsonNode listed : list.path("manifests")) {
                JsonNode manifest =
                        JSON.readTree(get(registry, listed.path("digest").asText()));
                assertThat(manifest.path("subject").path("digest").asText())
                        .isEqualTo(image.root().digest().toString());
            }
        }
    }

    private WrittenImage push(InProcessRegistry registry, ImageRequest pushed) throws Exception {
        RegistryAccess access = RegistryAccess.builder()
                .loginFiles(false)
                .endpoint("hub.example", registry.endpoint())
                .build();
        ContentStore store = new ContentStore(directory.resolve("store"));
        PushSettings settings = new PushSettings(store, access.settings(), Optional.empty(), BuildListener.NONE);
        try (OutgoingDirectory work = OutgoingDirectory.passing(store.outgoing())) {
            WrittenImage image = work.write(pushed);
            new ImagePusher(ImageReference.parse("hub.example/app"), settings)
                    .push(OutgoingImage.of(image, work.blobs()), List.of("1"));
            return image;
        }
    }

    private static String get(InProcessRegistry registry, String reference) throws Exception {
        URI place = registry.endpoint().resolve("/v2/app/manifests/" + reference);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofString())
                .body();
    }
}
