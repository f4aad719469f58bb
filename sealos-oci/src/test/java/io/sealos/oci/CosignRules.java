package io.sealos.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Verifies signatures by the rules of cosign, written down from its specifications and independent of the library: the
 * payload of simple signing, and a DSSE envelope in a Sigstore bundle.
 */
final class CosignRules {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CosignRules() {}

    /** Returns the name in a payload of simple signing whose signature is right for a digest. */
    static String simpleSigning(JsonNode layer, byte[] payload, String digest, PublicKey key) throws Exception {
        require(
                layer.path("mediaType").asText().equals("application/vnd.dev.cosign.simplesigning.v1+json"),
                "media type of the payload");
        String signature = layer.path("annotations")
                .path("dev.cosignproject.cosign/signature")
                .asText();
        require(verifies(key, payload, Base64.getDecoder().decode(signature)), "signature of the payload");
        JsonNode critical = JSON.readTree(payload).path("critical");
        require(critical.path("type").asText().equals("cosign container image signature"), "type");
        require(critical.path("image").path("docker-manifest-digest").asText().equals(digest), "digest");
        return critical.path("identity").path("docker-reference").asText();
    }

    /** Checks a bundle with the signature of an image. */
    static void bundle(byte[] bundle, String digest, PublicKey key) throws Exception {
        JsonNode root = JSON.readTree(bundle);
        require(
                root.path("mediaType").asText().equals("application/vnd.dev.sigstore.bundle.v0.3+json"),
                "media type of the bundle");
        byte[] fingerprint = java.security.MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        require(
                root.path("verificationMaterial")
                        .path("publicKey")
                        .path("hint")
                        .asText()
                        .equals(Base64.getEncoder().encodeToString(fingerprint)),
                "hint");
        JsonNode envelope = root.path("dsseEnvelope");
        require(envelope.path("signatures").size() == 1, "one signature");
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        String type = envelope.path("payloadType").asText();
        require(type.equals("application/vnd.in-toto+json"), "payload type");
        byte[] signature = Base64.getDecoder()
                .decode(envelope.path("signatures").get(0).path("sig").asText());
        require(verifies(key, preAuthenticationEncoding(type, payload), signature), "signature of the envelope");
        statement(JSON.readTree(payload), digest);
    }

    private static void statement(JsonNode statement, String digest) {
        require(statement.path("_type").asText().equals("https://in-toto.io/Statement/v1"), "type of the statement");
        require(
                statement.path("predicateType").asText().equals("https://sigstore.dev/cosign/sign/v1"),
                "predicate type");
        require(statement.path("subject").size() == 1, "one subject");
        require(
                ("sha256:"
                                + statement
                                        .path("subject")
                                        .get(0)
                                        .path("digest")
                                        .path("sha256")
                                        .asText())
                        .equals(digest),
                "digest of the subject");
    }

    /** {@code PAE(type, body) = "DSSEv1" + SP + LEN(type) + SP + type + SP + LEN(body) + SP + body}. */
    static byte[] preAuthenticationEncoding(String type, byte[] body) {
        byte[] head = String.join(
                        " ",
                        "DSSEv1",
                        Integer.toString(type.getBytes(StandardCharsets.UTF_8).length),
                        type,
                        Integer.toString(body.length),
                        "")
                .getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
                .parseHex(HexFormat.of().formatHex(head) + HexFormat.of().formatHex(body));
    }

    private static boolean verifies(PublicKey key, byte[] message, byte[] signature) throws Exception {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(key);
        verifying.update(message);
        return verifying.verify(signature);
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new AssertionError("wrong " + what);
        }
    }
}
