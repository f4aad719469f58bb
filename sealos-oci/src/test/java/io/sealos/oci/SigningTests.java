package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.trust.SigningKey;
import io.sealos.oci.trust.SigningKeyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the signatures of images that are built, in layouts, in archives and at registries. */
class SigningTests extends PushFixture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "hub.example/team/app:1.0";

    private final KeyPair pair = pair("Ed25519");
    private final SigningKey key = SigningKey.of(pair.getPrivate(), pair.getPublic());

    static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path layout() {
        return directory.resolve("layout");
    }

    private byte[] blob(String digest) throws IOException {
        return Files.readAllBytes(
                layout().resolve("blobs/sha256/" + Digest.parse(digest).hex()));
    }

    private JsonNode documents() throws IOException {
        JsonNode entries =
                JSON.readTree(layout().resolve("index.json").toFile()).path("manifests");
        String list = entries.get(0)
                .path("annotations")
                .path("io.sealos.image.documents")
                .asText();
        return JSON.readTree(blob(list)).path("manifests");
    }

    /** Checks all documents of the layout, and returns the signed digests with the forms and the names. */
    private List<String> verified(KeyPair by) throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : documents()) {
            JsonNode manifest = JSON.readTree(blob(entry.path("digest").asText()));
            String tag = entry.path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asText("");
            if (tag.isEmpty()) {
                String subject = manifest.path("subject").path("digest").asText();
                byte[] bundle =
                        blob(manifest.path("layers").get(0).path("digest").asText());
                CosignRules.bundle(bundle, subject, by.getPublic());
                found.add("bundle " + subject);
            } else {
                String subject = tag.replace(".sig", "").replace('-', ':');
                for (JsonNode layer : manifest.path("layers")) {
                    byte[] payload = blob(layer.path("digest").asText());
                    found.add("tag " + subject + " "
                            + CosignRules.simpleSigning(layer, payload, subject, by.getPublic()));
                }
            }
        }
        return found;
    }

    @Test
    void writeToWhenAKeyIsGivenSignsTheManifestInBothForms() throws Exception {
        BuildResult plain = builder().tag(NAME).build().writeTo(OciLayout.directory(directory.resolve("plain")));

        BuildResult done = builder().tag(NAME).tag("other:2").sign(key).build().writeTo(OciLayout.directory(layout()));

        assertThat(done.digest()).isEqualTo(plain.digest());
        assertThat(verified(pair))
                .containsExactly(
                        "bundle " + done.digest(),
                        "tag " + done.digest() + " " + NAME,
                        "tag " + done.digest() + " docker.io/library/other:2");
        assertThat(OciLayoutVerifier.verify(layout()).orThrow().images()).isEqualTo(1);
        assertThat(ClusterImage.inspect(
                                OciLayout.directory(layout()), ImageChoice.any().tag(NAME))
                        .digest())
                .contains(done.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void writeToWhenKeyIsOfAnotherKindSignsToo(String algorithm) throws Exception {
        KeyPair other = pair(algorithm);

        builder()
                .sign(SigningKey.of(other.getPrivate(), other.getPublic()))
                .build()
                .writeTo(OciLayout.directory(layout()));

        assertThat(verified(other)).hasSize(2).last().asString().endsWith(" localhost/unnamed");
    }

    @Test
    void writeToWhenThereAreSeveralPlatformsSignsTheIndexAndEachManifest() throws Exception {
        BuildResult done = builder()
                .platform("linux/amd64")
                .platform("linux/arm64")
                .sign(key)
                .build()
                .writeTo(OciLayout.directory(layout()));

        List<String> subjects = new ArrayList<>(List.of(done.digest().toString()));
        done.platformResults()
                .forEach(platform -> subjects.add(platform.digest().toString()));
        assertThat(verified(pair).stream().filter(line -> line.startsWith("bundle ")))
                .containsExactlyElementsOf(
                        subjects.stream().map(digest -> "bundle " + digest).toList());
    }

    @Test
    void writeToWhenTargetIsAnArchiveGivesTheSameBytesEachTime() throws Exception {
        ClusterImage image = builder().tag(NAME).sign(key).build();
        Path first = directory.resolve("a.tar");
        Path second = directory.resolve("b.tar");
        image.writeTo(OciLayout.archive(first));
        image.writeTo(OciLayout.archive(second));

        assertThat(first).hasSameBinaryContentAs(second);
        try (TarFile tar = new TarFile(first.toFile())) {
            assertThat(tar.getEntries()).anyMatch(entry -> entry.getName().equals("index.json"));
            assertThat(tar.getEntries().stream().filter(entry -> entry.getName().startsWith("blobs/")))
                    .hasSizeGreaterThan(6);
        }
    }

    @Test
    void writeToWhenTargetIsARegistryStoresSignaturesBeforeTheTag() throws Exception {
        BuildResult done = builder().sign(key).build().writeTo(RegistryImage.of(NAME));

        assertThat(registry.requests()).endsWith("PUT /v2/team/app/manifests/1.0");
        JsonNode manifest =
                JSON.readTree(get("manifests/sha256-" + done.digest().hex() + ".sig"));
        JsonNode layer = manifest.path("layers").get(0);
        byte[] payload = get("blobs/" + layer.path("digest").asText());
        assertThat(CosignRules.simpleSigning(layer, payload, done.digest().toString(), pair.getPublic()))
                .isEqualTo(NAME);
        JsonNode list = JSON.readTree(get("manifests/sha256-" + done.digest().hex()));
        assertThat(list.path("manifests")).hasSize(1);
        assertThat(list.path("manifests").get(0).path("artifactType").asText())
                .isEqualTo("application/vnd.dev.sigstore.bundle.v0.3+json");
        assertThat(list.path("manifests").get(0).path("annotations").toString())
                .isEqualTo("{\"dev.sigstore.bundle.content\":\"dsse-envelope\","
                        + "\"dev.sigstore.bundle.predicateType\":\"https://sigstore.dev/cosign/sign/v1\"}");
        JsonNode bundle = JSON.readTree(
                get("manifests/" + list.path("manifests").get(0).path("digest").asText()));
        CosignRules.bundle(
                get("blobs/" + bundle.path("layers").get(0).path("digest").asText()),
                done.digest().toString(),
                pair.getPublic());
    }

    @Test
    void writeToWhenAnotherKeySignsLaterKeepsTheFirstSignature() throws Exception {
        KeyPair other = pair("Ed25519");
        builder().sign(key).build().writeTo(RegistryImage.of(NAME));
        ClusterImage second = builder()
                .sign(SigningKey.of(other.getPrivate(), other.getPublic()))
                .build();
        second.writeTo(RegistryImage.of(NAME));
        BuildResult done = second.writeTo(RegistryImage.of(NAME));

        JsonNode manifest =
                JSON.readTree(get("manifests/sha256-" + done.digest().hex() + ".sig"));
        JsonNode layers = manifest.path("layers");
        assertThat(layers).hasSize(2);
        String digest = done.digest().toString();
        byte[] payload = get("blobs/" + layers.get(0).path("digest").asText());
        assertThat(CosignRules.simpleSigning(layers.get(0), payload, digest, pair.getPublic()))
                .isEqualTo(NAME);
        assertThat(CosignRules.simpleSigning(layers.get(1), payload, digest, other.getPublic()))
                .isEqualTo(NAME);
        JsonNode config = JSON.readTree(
                get("blobs/" + manifest.path("config").path("digest").asText()));
        assertThat(config.path("rootfs").path("diff_ids")).hasSize(2);
        assertThat(JSON.readTree(get("manifests/sha256-" + done.digest().hex())).path("manifests"))
                .hasSize(2);
    }

    @Test
    void writeToWhenRegistryHasReferrersWritesNoList() throws Exception {
        registry.fault("PUT", "/manifests/sha256:", Fault.altered(0, 2, "OCI-Subject", "sha256:a"));

        BuildResult done = builder().sign(key).build().writeTo(RegistryImage.of(NAME));

        assertThat(registry.requests())
                .noneMatch(request ->
                        request.endsWith("/manifests/sha256-" + done.digest().hex()));
        assertThat(registry.requests("PUT /v2/team/app/manifests/sha256:")).isEqualTo(2);
    }

    @Test
    void writeToWhenASignatureCannotBeStoredMovesNoTag() throws Exception {
        registry.fault("PUT", ".sig", Fault.status(403, 9));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> builder().sign(key).build().writeTo(RegistryImage.of(NAME)))
                .withMessageMatching("hub\\.example/team/app:1\\.0 could not be pushed:\n"
                        + "  documents of sha256:[0-9a-f]{64}: \\Q" + registry.host() + "\\E answered 403 \\(FAULT\\);"
                        + " log in to .*");
        assertThat(registry.requests()).noneMatch(request -> request.endsWith("/manifests/1.0"));
    }

    @Test
    void writeToWhenTargetHasNoPlaceForSignaturesIsRefused() throws Exception {
        Path file = directory.resolve("app.tar");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().sign(key).build().writeTo(DockerArchive.file(file)))
                .withMessage("docker-archive:" + file + " has no place for signatures; write an OCI layout or archive,"
                        + " push the image, or build it without sign(key)");
        assertThat(file).doesNotExist();
    }

    @Test
    void writeToWhenKeyFailsWritesNothing() throws Exception {
        SigningKey wrong = SigningKey.of(pair("Ed25519").getPrivate(), pair.getPublic());

        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> builder().sign(wrong).build().writeTo(OciLayout.directory(layout())));
        assertThat(layout()).doesNotExist();
    }

    @Test
    void writeToWhenSignedTellsNoSecretInEvents() throws Exception {
        KeyPair rsa = pair("RSA");
        SigningKey secret = SigningKey.of(rsa.getPrivate(), rsa.getPublic());
        ClusterImage image = builder().tag(NAME).sign(secret).build();
        image.writeTo(OciLayout.directory(layout()));
        image.writeTo(RegistryImage.of(NAME));

        String all = String.join("\n", heard) + image.plan() + secret;
        String encoded = Base64.getEncoder().encodeToString(rsa.getPrivate().getEncoded());
        assertThat(all).doesNotContain(encoded.substring(100, 140)).doesNotContain("PRIVATE");
    }

    @Test
    void writeWhenTargetIsOfTheCallerNamesTheBlobsOfTheSignatures() throws Exception {
        List<Digest> missing = new ArrayList<>();
        List<Digest> all = new ArrayList<>();
        builder().sign(key).build().writeTo(new ImageTarget() {
            @Override
            public void write(ImageOutput image) throws IOException {
                FinishedImage finished = image.finish();
                all.addAll(finished.digests());
                all.stream()
                        .filter(digest -> !Files.exists(finished.blob(digest)))
                        .forEach(missing::add);
                try (var blobs = Files.list(finished.layout().resolve("blobs/sha256"))) {
                    assertThat(blobs.count()).isEqualTo(all.size());
                }
            }

            @Override
            public String toString() {
                return "test";
            }
        });

        assertThat(all).doesNotHaveDuplicates();
        assertThat(missing).isEmpty();
    }

    private byte[] get(String path) throws Exception {
        URI place = registry.endpoint().resolve("/v2/team/app/" + path);
        var reply =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofByteArray());
        assertThat(reply.statusCode())
                .as(path + new String(reply.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return reply.body();
    }
}
