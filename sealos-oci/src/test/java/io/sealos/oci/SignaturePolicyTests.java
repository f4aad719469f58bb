package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.trust.SigningKey;
import io.sealos.oci.trust.VerificationKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which images are saved under a policy for signatures. */
class SignaturePolicyTests extends PushFixture {
    private static final String APP = "hub.example/team/app:1.0";
    private static final String PLAIN = "hub.example/team/plain:1.0";

    private static final String WANTED = "; wanted is a signature by KEY";

    private final KeyPair pair = SigningTests.pair("EC");
    private final KeyPair other = SigningTests.pair("Ed25519");

    private static SigningKey signing(KeyPair pair) {
        return SigningKey.of(pair.getPrivate(), pair.getPublic());
    }

    private static String pem(PublicKey key) {
        return signing(new KeyPair(key, SigningTests.pair("EC").getPrivate())).publicKeyPem();
    }

    private BuildResult pushSigned(String name, KeyPair... by) throws IOException {
        ClusterImageBuilder signed = builder();
        for (KeyPair key : by) {
            signed.sign(signing(key));
        }
        return signed.build().writeTo(RegistryImage.of(name));
    }

    /** A build that saves images, with a store of its own. */
    private ClusterImageBuilder saving(SignaturePolicy policy, String... images) throws IOException {
        Path context = Files.createDirectories(directory.resolve("saving/images/shim"));
        Files.writeString(context.resolve("list"), String.join("\n", images) + "\n");
        Files.writeString(directory.resolve("saving/Kubefile"), "FROM scratch\nCOPY . .\n");
        return ClusterImage.builder()
                .context(directory.resolve("saving"))
                .contentStore(directory.resolve("other-store"))
                .registryAccess(access().build())
                .signatures(policy);
    }

    private static SignaturePolicy requiring(PublicKey key) {
        return SignaturePolicy.builder()
                .require("hub.example", VerificationKey.of(key))
                .build();
    }

    private OciLayout layout() {
        return OciLayout.directory(directory.resolve("layout"));
    }

    @Test
    void writeToWhenImageIsSignedSavesIt() throws Exception {
        pushSigned(APP, other, pair);

        saving(requiring(pair.getPublic()), APP).build().writeTo(layout());

        RegistryVerifier.verify(layout()).orThrow();
    }

    @Test
    void writeToWhenOnlyABundleIsThereSavesIt() throws Exception {
        pushSigned(APP, pair);
        registry.fault(".sig", Fault.status(404, 99));

        saving(requiring(pair.getPublic()), APP).build().writeTo(layout());
    }

    @Test
    void writeToWhenOnlySimpleSigningIsThereSavesIt() throws Exception {
        BuildResult done = pushSigned(APP, pair);
        registry.putManifest(
                "team/app",
                "sha256-" + done.digest().hex(),
                "application/vnd.oci.image.index.v1+json",
                "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8));

        saving(requiring(pair.getPublic()), APP).build().writeTo(layout());
    }

    @Test
    void writeToWhenImageIsForSeveralPlatformsTakesTheSignatureOfTheIndex() throws Exception {
        BuildResult done = builder()
                .platform("linux/amd64")
                .platform("linux/arm64")
                .sign(signing(pair))
                .build()
                .writeTo(RegistryImage.of(APP));
        for (PlatformResult platform : done.platformResults()) {
            registry.fault("GET", "sha256-" + platform.digest().hex(), Fault.status(404, 99));
        }

        saving(requiring(pair.getPublic()), APP).build().writeTo(layout());
    }

    /** The problems, with KEY in place of the digest of a key. */
    private static List<String> problems(ImageSaveException thrown) {
        return thrown.failures().stream()
                .map(failure -> failure.problem().replaceFirst("EC key sha256:[0-9a-f]{64}$", "KEY"))
                .toList();
    }

    @Test
    void writeToWhenImagesLackSignaturesReportsAllOfThem() throws Exception {
        BuildResult plain = push(PLAIN);
        BuildResult signed = pushSigned(APP, other);
        SignaturePolicy policy = SignaturePolicy.builder()
                .require("hub.example/team", VerificationKey.of(pair.getPublic()))
                .reject("hub.example/bad")
                .build();
        push("hub.example/bad/app:1");
        push("hub.example/else:1");

        assertThatThrownBy(() -> saving(policy, PLAIN, APP, "hub.example/bad/app:1", "hub.example/else:1")
                        .build()
                        .writeTo(layout()))
                .isInstanceOfSatisfying(
                        ImageSaveException.class,
                        thrown -> assertThat(problems(thrown))
                                .containsExactlyInAnyOrder(
                                        "it is not signed: there is no signature of [" + plain.digest() + "]" + WANTED,
                                        "it is signed, but not as the policy demands: signed by another key" + WANTED,
                                        "the policy for signatures rejects it",
                                        "the policy for signatures has no rule for it"));
        assertThat(directory.resolve("layout")).doesNotExist();
        assertThat(registry.requests())
                .noneMatch(request -> request.startsWith("GET")
                        && request.contains("/blobs/sha256:")
                        && signed.layers().stream()
                                .anyMatch(
                                        layer -> request.contains(layer.digest().hex())));
    }

    @Test
    void writeToWhenSignatureIsReplayedForAnotherImageSaysSo() throws Exception {
        BuildResult signed = pushSigned(APP, pair);
        write("small", "two");
        BuildResult plain = push("hub.example/team/app:2.0");
        byte[] signature = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(registry.endpoint()
                                        .resolve("/v2/team/app/manifests/sha256-"
                                                + signed.digest().hex() + ".sig"))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
        registry.putManifest(
                "team/app",
                "sha256-" + plain.digest().hex() + ".sig",
                "application/vnd.oci.image.manifest.v1+json",
                signature);

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(requiring(pair.getPublic()), "hub.example/team/app:2.0")
                        .build()
                        .writeTo(layout()))
                .withMessageContaining(
                        "it is signed, but not as the policy demands: it signs another image, " + signed.digest());
    }

    @Test
    void writeToWhenAMirrorHasLostTheSignaturesSaysSo() throws Exception {
        pushSigned(APP, pair);
        try (InProcessRegistry mirror = InProcessRegistry.start()) {
            builder()
                    .registryAccess(RegistryAccess.builder()
                            .loginFiles(false)
                            .endpoint("hub.example", mirror.endpoint())
                            .build())
                    .build()
                    .writeTo(RegistryImage.of(APP));
            ClusterImageBuilder image = saving(requiring(pair.getPublic()), APP)
                    .registryAccess(
                            access().mirror("hub.example", mirror.endpoint()).build());
            image.build().resolve();

            ClusterImageBuilder cut = saving(requiring(pair.getPublic()), APP)
                    .contentStore(directory.resolve("third-store"))
                    .registryAccess(RegistryAccess.builder()
                            .loginFiles(false)
                            .endpoint("hub.example", java.net.URI.create("http://127.0.0.1:9"))
                            .mirror("hub.example", mirror.endpoint())
                            .build());
            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> cut.build().resolve())
                    .withMessageContaining("it comes from " + mirror.host() + ", which has no signature of sha256:")
                    .withMessageContaining("and its registry cannot be asked: ")
                    .withMessageContaining("copy the signatures to the mirror, too");
        }
    }

    @Test
    void resolveWhenOfflineFindsTheSignaturesInTheStore() throws Exception {
        pushSigned(APP, pair);
        saving(requiring(pair.getPublic()), APP).build().writeTo(layout());
        registry.close();

        saving(requiring(pair.getPublic()), APP).offline(true).build().resolve();
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(requiring(other.getPublic()), APP)
                        .offline(true)
                        .build()
                        .resolve())
                .withMessageContaining("signed by another key");
    }

    @Test
    void writeToWhenBaseImageIsNotSignedIsRefused() throws Exception {
        push("hub.example/team/base:1");
        write("Kubefile", "FROM hub.example/team/base:1\nCOPY small small\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder()
                        .contentStore(directory.resolve("other-store"))
                        .signatures(requiring(pair.getPublic()))
                        .build()
                        .writeTo(layout()))
                .withMessageContaining("hub.example/team/base:1")
                .withMessageContaining("it is not signed");
    }

    @Test
    void writeToWhenReferrersAreSavedHasBothForms() throws Exception {
        BuildResult signed = pushSigned(APP, pair);

        saving(requiring(pair.getPublic()), APP).referrers(true).build().writeTo(layout());

        assertThat(ClusterImage.inspect(layout()).images())
                .extracting(ContainedImage::name)
                .contains(
                        "team/app:sha256-" + signed.digest().hex() + ".sig",
                        "team/app:sha256-" + signed.digest().hex());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"type\":\"sigstoreSigned\",\"keyPath\":\"cosign.pub\"}', true",
        "'{\"type\":\"sigstoreSigned\",\"keyPaths\":[\"other.pub\",\"cosign.pub\"]}', true",
        "'{\"type\":\"sigstoreSigned\",\"keyPath\":\"other.pub\"}', false",
        "'{\"type\":\"sigstoreSigned\",\"keyPath\":\"cosign.pub\",\"signedIdentity\":{\"type\":\"matchExact\"}}', true",
        "'{\"type\":\"sigstoreSigned\",\"keyPath\":\"cosign.pub\",\"signedIdentity\":{\"type\":\"matchRepository\"}}', true",
        "'{\"type\":\"sigstoreSigned\",\"keyPath\":\"cosign.pub\",\"signedIdentity\":{\"type\":\"exactReference\","
                + "\"dockerReference\":\"hub.example/team/app:2.0\"}}', false",
        "'{\"type\":\"sigstoreSigned\",\"keyPath\":\"cosign.pub\",\"signedIdentity\":{\"type\":\"exactRepository\","
                + "\"dockerRepository\":\"hub.example/team/app\"}}', true",
        "'{\"type\":\"sigstoreSigned\",\"keyPath\":\"cosign.pub\",\"signedIdentity\":{\"type\":\"remapIdentity\","
                + "\"prefix\":\"hub.example\",\"signedPrefix\":\"hub.else\"}}', false",
        "'{\"type\":\"insecureAcceptAnything\"}', true",
        "'{\"type\":\"reject\"}', false",
    })
    void readWhenPolicyIsOfContainerEnginesDecidesLikeThem(String requirement, boolean accepted) throws Exception {
        pushSigned(APP, pair);
        Files.writeString(directory.resolve("cosign.pub"), pem(pair.getPublic()));
        Files.writeString(directory.resolve("other.pub"), pem(other.getPublic()));
        Path file = Files.writeString(
                directory.resolve("policy.json"),
                "{\"default\":[{\"type\":\"reject\"}],\"transports\":{\"docker\":{\"hub.example/team\":[" + requirement
                        + "]},\"atomic\":{}}}");

        ClusterImage image = saving(SignaturePolicy.read(file), APP).build();

        if (accepted) {
            image.resolve();
        } else {
            assertThatExceptionOfType(ImageSaveException.class).isThrownBy(image::resolve);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|: it is not valid JSON|",
                "{}|: it has no list 'default'; state what applies to images that no scope covers",
                "{\"default\":[]}|: default: it has no requirements; list at least one, such as {\"type\": \"reject\"}",
                "{\"default\":[{\"type\":\"signedBy\"}]}|: default[0]: the type 'signedBy' is not supported; use"
                        + " insecureAcceptAnything, reject, or sigstoreSigned with keyPath, keyPaths, keyData or keyDatas",
                "{\"default\":[{\"type\":\"reject\",\"a\":1}]}|: default[0]: the field 'a' is not supported; leave it out,"
                        + " or check such images with a container engine",
                "{\"default\":[{\"type\":\"sigstoreSigned\"}]}|: default[0]: it has 0 of keyPath, keyPaths, keyData and"
                        + " keyDatas; keep exactly one",
                "{\"default\":[{\"type\":\"sigstoreSigned\",\"keyData\":\"AA*A\"}]}|: default[0]: it has no public key in PEM",
            })
    void readWhenPolicyIsNotSupportedSaysWhere(String json, String message) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.json"), json);

        assertThatThrownBy(() -> SignaturePolicy.read(file)).hasMessageStartingWith(file + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "library/nginx", "", "*.", "docker.io/", "docker.io/A", "a b.example"})
    void requireWhenScopeIsNotValidIsRefused(String scope) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignaturePolicy.builder().accept(scope))
                .withMessage(
                        "the scope '" + scope + "' is neither a registry, a repository nor an image; write it with its"
                                + " registry, such as docker.io/library/nginx, *.example.com, or * for all");
    }

    @Test
    void builderWhenAScopeHasTwoRulesOrNoKeyIsRefused() {
        SignaturePolicy.Builder builder = SignaturePolicy.builder().accept("docker.io");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.reject("docker.io"))
                .withMessage("the scope 'docker.io' has two rules; keep one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.require("ghcr.io"))
                .withMessage("the rule for 'ghcr.io' has no key; give one, or reject the scope");
    }

    @Test
    void rulesWhenScopesOverlapTakesTheMostSpecific() {
        SignaturePolicy policy = SignaturePolicy.builder()
                .reject("*")
                .accept("*.example.com")
                .reject("hub.example.com")
                .accept("hub.example.com/team")
                .reject("hub.example.com/team/app")
                .accept("hub.example.com/team/app:1.0")
                .build();

        assertThat(policy.rules().of(image("docker.io/library/nginx"))).hasToString("[rejected]");
        assertThat(policy.rules().of(image("a.b.example.com/x"))).hasToString("[accepted]");
        assertThat(policy.rules().of(image("hub.example.com/x"))).hasToString("[rejected]");
        assertThat(policy.rules().of(image("hub.example.com/team/x"))).hasToString("[accepted]");
        assertThat(policy.rules().of(image("hub.example.com/team/app:2"))).hasToString("[rejected]");
        assertThat(policy.rules().of(image("hub.example.com/team/app:1.0"))).hasToString("[accepted]");
        assertThat(policy.rules().of(image("hub.example.com/teams/x"))).hasToString("[rejected]");
        assertThat(policy)
                .hasToString("{*=[rejected], *.example.com=[accepted],"
                        + " hub.example.com=[rejected], hub.example.com/team=[accepted], hub.example.com/team/app=[rejected],"
                        + " hub.example.com/team/app:1.0=[accepted]}");
    }

    private static io.sealos.images.ImageReference image(String text) {
        return io.sealos.images.ImageReference.parse(text);
    }

    @Test
    void readWhenKeyIsInTheFileDecodesIt() throws Exception {
        String data = Base64.getEncoder().encodeToString(pem(pair.getPublic()).getBytes(StandardCharsets.US_ASCII));
        Path file = Files.writeString(
                directory.resolve("policy.json"),
                "{\"default\":[{\"type\":\"sigstoreSigned\",\"keyData\":\"" + data + "\"}]}");

        assertThat(SignaturePolicy.read(file))
                .asString()
                .matches("\\{\\*=\\[signed by EC key sha256:[0-9a-f]{64}, matchRepoDigestOrExact\\]\\}");
    }
}
