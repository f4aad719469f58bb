package io.sealos.oci.internal.trust.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.trust.check.SignatureCheck.Verdict;
import io.sealos.oci.trust.SigningKeyException;
import io.sealos.oci.trust.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests right and wrong signatures in each form and by each algorithm. The documents are written here from the
 * specifications of cosign, DSSE and in-toto, and signed with the JDK, without the code that signs images.
 */
class SignatureVectorTests {
    private static final byte[] MANIFEST = bytes("{\"schemaVersion\":2}");
    private static final Digest SUBJECT = Digests.sha256(MANIFEST);
    private static final Digest OTHER = Digests.sha256("other");
    private static final String TYPE = "cosign container image signature";
    private static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final String SIGNED = "https://sigstore.dev/cosign/sign/v1";
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String STATEMENT = statement("https://in-toto.io/Statement/v1", SUBJECT, SIGNED);
    private static final Map<SigningAlgorithm, KeyPair> OWN = new EnumMap<>(SigningAlgorithm.class);
    private static final Map<SigningAlgorithm, KeyPair> FOREIGN = new EnumMap<>(SigningAlgorithm.class);

    static {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            OWN.put(algorithm, algorithm.pair());
            FOREIGN.put(algorithm, algorithm.pair());
        }
    }

    private static KeyPair key(Map<SigningAlgorithm, KeyPair> keys, SigningAlgorithm algorithm) {
        return Objects.requireNonNull(keys.get(algorithm), algorithm::name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String payload(Digest digest, String type) {
        return "{\"critical\":{\"identity\":{\"docker-reference\":\"hub.example/app\"},"
                + "\"image\":{\"docker-manifest-digest\":\"" + digest + "\"},\"type\":\"" + type
                + "\"},\"optional\":null}";
    }

    private static String statement(String type, Digest digest, String predicate) {
        return "{\"_type\":\"" + type + "\",\"subject\":[{\"digest\":{\"sha256\":\"" + digest.hex()
                + "\"}}],\"predicateType\":\"" + predicate + "\",\"predicate\":{}}";
    }

    private static byte[] preAuthenticated(String type, String payload) {
        return bytes("DSSEv1 " + type.length() + " " + type + " " + bytes(payload).length + " " + payload);
    }

    private static String bundle(String mediaType, String content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"\"}},"
                + content + "}";
    }

    private static String envelope(String type, String payload, String... signatures) {
        List<String> all = new ArrayList<>();
        for (String signature : signatures) {
            all.add("{\"sig\":\"" + signature + "\"}");
        }
        return "\"dsseEnvelope\":{\"payload\":\"" + base64(bytes(payload)) + "\",\"payloadType\":\"" + type
                + "\",\"signatures\":[" + String.join(",", all) + "]}";
    }

    private static String signed(SigningAlgorithm algorithm, String statement) {
        return bundle(MEDIA_TYPE, envelope(IN_TOTO, statement, signature(algorithm, OWN, statement)));
    }

    private static String signature(SigningAlgorithm algorithm, Map<SigningAlgorithm, KeyPair> by, String statement) {
        return base64(algorithm.sign(key(by, algorithm), preAuthenticated(IN_TOTO, statement)));
    }

    private static String message(SigningAlgorithm algorithm, byte[] manifest) {
        byte[] signature = algorithm.sign(key(OWN, algorithm), manifest);
        return bundle(MEDIA_TYPE, "\"messageSignature\":{\"signature\":\"" + base64(signature) + "\"}");
    }

    private static Verdict check(SigningAlgorithm algorithm, byte[] bundle) {
        return of(algorithm).bundle(bundle, SUBJECT, MANIFEST::clone);
    }

    private static Verdict check(SigningAlgorithm algorithm, String payload, String signature) {
        return of(algorithm).payload(bytes(payload), signature, SUBJECT);
    }

    private static SignatureCheck of(SigningAlgorithm algorithm) {
        return new SignatureCheck(List.of(key(OWN, algorithm).getPublic()));
    }

    private static boolean counts(Verdict verdict) {
        return verdict.problem().isEmpty()
                && List.of(SIGNED, SignatureCheck.MESSAGE, "hub.example/app").contains(verdict.statement());
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenSignatureIsRightAcceptsEachForm(SigningAlgorithm algorithm) {
        String payload = payload(SUBJECT, TYPE);
        String signature = base64(algorithm.sign(key(OWN, algorithm), bytes(payload)));
        String old = statement("https://in-toto.io/Statement/v0.1", SUBJECT, SIGNED);

        assertThat(check(algorithm, payload, signature)).isEqualTo(new Verdict(key(algorithm), "hub.example/app", ""));
        assertThat(check(algorithm, bytes(signed(algorithm, STATEMENT))))
                .isEqualTo(new Verdict(key(algorithm), SIGNED, ""));
        assertThat(counts(check(algorithm, bytes(signed(algorithm, old))))).isTrue();
        assertThat(check(algorithm, bytes(message(algorithm, MANIFEST))))
                .isEqualTo(new Verdict(key(algorithm), SignatureCheck.MESSAGE, ""));
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenOneOfSeveralSignaturesOrSubjectsIsRightAcceptsIt(SigningAlgorithm algorithm) {
        String two =
                STATEMENT.replace("\"subject\":[", "\"subject\":[{\"digest\":{\"sha256\":\"" + OTHER.hex() + "\"}},");
        String twice = bundle(
                MEDIA_TYPE,
                envelope(
                        IN_TOTO,
                        STATEMENT,
                        signature(algorithm, FOREIGN, STATEMENT),
                        signature(algorithm, OWN, STATEMENT)));

        assertThat(counts(check(algorithm, bytes(signed(algorithm, two))))).isTrue();
        assertThat(counts(check(algorithm, bytes(twice)))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenAnotherKeyHasSignedSaysSo(SigningAlgorithm algorithm) {
        String payload = payload(SUBJECT, TYPE);
        SignatureCheck foreign =
                new SignatureCheck(List.of(key(FOREIGN, algorithm).getPublic()));
        String signature = base64(algorithm.sign(key(OWN, algorithm), bytes(payload)));

        Verdict other = Verdict.problem("signed by another key");
        assertThat(foreign.payload(bytes(payload), signature, SUBJECT)).isEqualTo(other);
        assertThat(foreign.bundle(bytes(signed(algorithm, STATEMENT)), SUBJECT, MANIFEST::clone))
                .isEqualTo(other);
        assertThat(foreign.bundle(bytes(message(algorithm, MANIFEST)), SUBJECT, MANIFEST::clone))
                .isEqualTo(other);
    }

    static Stream<String[]> wrongStatements() {
        String v1 = "https://in-toto.io/Statement/v1";
        String duplicated = STATEMENT.replace("\"predicateType\"", "\"predicateType\":\"a\",\"predicateType\"");
        return Stream.of(
                new String[] {statement(v1, OTHER, SIGNED), "it signs another image, " + OTHER},
                new String[] {
                    statement("https://in-toto.io/Statement/v99", SUBJECT, SIGNED),
                    "its payload is not an in-toto statement"
                },
                new String[] {statement("", SUBJECT, SIGNED), "its payload is not an in-toto statement"},
                new String[] {STATEMENT.replace("sha256", "sha512"), "it signs another image, sha256:"},
                new String[] {
                    STATEMENT.replace(SUBJECT.hex(), SUBJECT.hex().substring(1)),
                    "it signs another image, sha256:" + SUBJECT.hex().substring(1)
                },
                new String[] {
                    duplicated, "its bundle is not valid: cannot be read as JSON: line 1 is not as it has to be"
                },
                new String[] {"[" + STATEMENT + "]", "its bundle is not valid: is not a JSON object"},
                new String[] {
                    STATEMENT + " {}", "its bundle is not valid: cannot be read as JSON: line 1 is not as it has to be"
                });
    }

    @ParameterizedTest
    @MethodSource("wrongStatements")
    void checkWhenASignedStatementIsNotThatOfTheImageRefusesIt(String statement, String problem) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            assertThat(check(algorithm, bytes(signed(algorithm, statement))).problem())
                    .as(algorithm + " " + statement)
                    .isEqualTo(problem);
        }
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenPredicateIsAnotherOneIsNoSignature(SigningAlgorithm algorithm) {
        String provenance = "https://slsa.dev/provenance/v1";
        String statement = statement("https://in-toto.io/Statement/v1", SUBJECT, provenance);

        Verdict verdict = check(algorithm, bytes(signed(algorithm, statement)));

        assertThat(verdict.statement()).isEqualTo(provenance);
        assertThat(counts(verdict)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenPayloadIsNotThatOfTheImageRefusesIt(SigningAlgorithm algorithm) {
        KeyPair own = key(OWN, algorithm);
        String right = payload(SUBJECT, TYPE);
        String replayed = payload(OTHER, TYPE);
        String typed = payload(SUBJECT, "atomic container signature");
        String duplicated = right.replace("\"image\"", "\"image\":{\"docker-manifest-digest\":\"a\"},\"image\"");

        assertThat(check(algorithm, replayed, base64(algorithm.sign(own, bytes(replayed))))
                        .problem())
                .isEqualTo("it signs another image, " + OTHER);
        assertThat(check(algorithm, typed, base64(algorithm.sign(own, bytes(typed))))
                        .problem())
                .isEqualTo("its payload has the type 'atomic container signature'");
        assertThat(check(algorithm, duplicated, base64(algorithm.sign(own, bytes(duplicated))))
                        .problem())
                .isEqualTo(
                        "its payload or signature is not valid: cannot be read as JSON: line 1 is not as it has to be");
        assertThat(check(algorithm, replayed, base64(algorithm.sign(own, bytes(right))))
                        .problem())
                .as("a payload with the signature of another one")
                .isEqualTo("signed by another key");
        assertThat(check(algorithm, right, "").problem()).isEqualTo("signed by another key");
        assertThat(check(algorithm, right, "%%").problem()).startsWith("its payload or signature is not valid: ");
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenBundleIsOfAnotherFormRefusesIt(SigningAlgorithm algorithm) {
        String right = envelope(IN_TOTO, STATEMENT, signature(algorithm, OWN, STATEMENT));
        String noStatement = "its bundle has no envelope with a signed statement";

        assertThat(check(algorithm, bytes(bundle("application/json", right))).problem())
                .isEqualTo("its bundle has the type 'application/json'");
        assertThat(check(algorithm, bytes(bundle(MEDIA_TYPE, right + ",\"messageSignature\":{}")))
                        .problem())
                .isEqualTo("its bundle has not exactly one content");
        assertThat(check(algorithm, bytes(bundle(MEDIA_TYPE, "\"a\":1"))).problem())
                .isEqualTo("its bundle has not exactly one content");
        assertThat(check(algorithm, bytes(bundle(MEDIA_TYPE, right.replace(IN_TOTO, "text/plain"))))
                        .problem())
                .isEqualTo(noStatement);
        assertThat(check(algorithm, bytes(bundle(MEDIA_TYPE, envelope(IN_TOTO, STATEMENT))))
                        .problem())
                .isEqualTo(noStatement);
        byte[] raw = algorithm.sign(key(OWN, algorithm), bytes(STATEMENT));
        assertThat(check(algorithm, bytes(bundle(MEDIA_TYPE, envelope(IN_TOTO, STATEMENT, base64(raw)))))
                        .problem())
                .as("a statement that was signed without its type")
                .isEqualTo("signed by another key");
        assertThat(check(algorithm, bytes(message(algorithm, bytes("{}")))).problem())
                .as("a signature of another manifest")
                .isEqualTo("signed by another key");
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenABundleIsCutOrChangedNeverAcceptsAnotherContent(SigningAlgorithm algorithm) {
        byte[] right = bytes(signed(algorithm, STATEMENT));
        int end = right.length;
        for (int length = 0; length < end; length += 37) {
            assertThat(counts(check(algorithm, Arrays.copyOf(right, length))))
                    .as("cut at " + length)
                    .isFalse();
        }
        int payload = new String(right, StandardCharsets.UTF_8).indexOf(base64(bytes(STATEMENT)));
        for (int place = payload; place < payload + bytes(STATEMENT).length; place += 23) {
            byte[] wrong = right.clone();
            wrong[place] = (byte) (wrong[place] == 'A' ? 'B' : 'A');
            assertThat(counts(check(algorithm, wrong)))
                    .as("changed at " + place)
                    .isFalse();
        }
    }

    @Test
    void checkWhenKeyIsOfAnotherKindNeverAcceptsTheSignature() {
        for (SigningAlgorithm signer : SigningAlgorithm.values()) {
            byte[] bundle = bytes(signed(signer, STATEMENT));
            for (SigningAlgorithm verifier : SigningAlgorithm.values()) {
                if (signer != verifier) {
                    assertThat(counts(check(verifier, bundle)))
                            .as(signer + " " + verifier)
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void checkWhenSignatureHasZerosOrMoreBytesRefusesIt(SigningAlgorithm algorithm) {
        byte[] right = algorithm.sign(key(OWN, algorithm), preAuthenticated(IN_TOTO, STATEMENT));
        byte[] zeros = {0x30, 6, 2, 1, 0, 2, 1, 0};
        for (byte[] wrong : List.of(
                zeros,
                new byte[right.length],
                Arrays.copyOf(right, right.length + 1),
                new byte[0],
                new byte[100_000])) {
            String bundle = bundle(MEDIA_TYPE, envelope(IN_TOTO, STATEMENT, base64(wrong)));
            assertThat(check(algorithm, bytes(bundle)).problem()).isEqualTo("signed by another key");
        }
    }

    @Test
    void checkWhenDocumentIsHugeOrDeepRefusesIt() {
        byte[] deep = bytes("[".repeat(100_000));
        String many = "{\"digest\":{}},".repeat(10_001);
        String statement = STATEMENT.replace("\"subject\":[", "\"subject\":[" + many);
        String[] signatures = new String[101];
        Arrays.fill(signatures, signature(SigningAlgorithm.ED25519, OWN, STATEMENT));
        String crowded = bundle(MEDIA_TYPE, envelope(IN_TOTO, STATEMENT, signatures));

        assertThat(check(SigningAlgorithm.ED25519, deep).problem()).startsWith("its bundle is not valid: ");
        assertThat(check(SigningAlgorithm.ED25519, bytes(signed(SigningAlgorithm.ED25519, statement)))
                        .problem())
                .isEqualTo("its statement has more than 10000 subjects");
        assertThat(check(SigningAlgorithm.ED25519, bytes(crowded)).problem())
                .isEqualTo("its bundle has no envelope with a signed statement");
    }

    @Test
    void readWhenCertificateIsExpiredIsRefused() throws Exception {
        Path expired = resource("expired.crt");

        assertThat(VerificationKey.read(resource("valid.crt")).publicKey().getAlgorithm())
                .isEqualTo("EC");
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> VerificationKey.read(expired))
                .withMessage(expired + ": its certificate is not valid now; give a certificate that is valid, or its"
                        + " public key");
    }

    private static Path resource(String name) throws Exception {
        return Path.of(SignatureVectorTests.class.getResource("/trust/" + name).toURI());
    }

    private static Optional<PublicKey> key(SigningAlgorithm algorithm) {
        return Optional.of(key(OWN, algorithm).getPublic());
    }
}
