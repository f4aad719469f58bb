package io.sealos.oci.internal.trust.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.trust.sign.SignedStatement;
import io.sealos.oci.internal.trust.sign.SimpleSigning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Checks signatures with public keys, from the bytes of their documents. The content of a document is only believed
 * after its signature was verified.
 */
public final class SignatureCheck {
    private static final int MOST_SIGNATURES = 100;
    private static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v";

    private final List<PublicKey> keys;

    public SignatureCheck(List<? extends PublicKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The result of a check.
     *
     * @param key the key that has signed; empty if it is none of the given keys, or the document is not valid
     * @param statement what is signed: the type of the predicate, or the name of the image in a payload
     * @param problem the reason why the signature does not count; empty if it does
     */
    public record Verdict(Optional<PublicKey> key, String statement, String problem) {
        public static Verdict problem(String problem) {
            return new Verdict(Optional.empty(), "", problem);
        }
    }

    /** Checks a payload of simple signing, with the text of its signature, for a manifest. */
    public Verdict payload(byte[] payload, String signature, Digest subject) {
        try {
            Optional<PublicKey> signer = signer(payload, decoded(signature));
            if (signer.isEmpty()) {
                return Verdict.problem("signed by another key");
            }
            JsonNode document = Documents.object(payload);
            JsonNode critical = document.path("critical");
            String name = critical.path("identity").path("docker-reference").asText("");
            String type = critical.path("type").asText("");
            String digest =
                    critical.path("image").path("docker-manifest-digest").asText("");
            if (!type.equals(SimpleSigning.TYPE)) {
                return new Verdict(signer, name, "its payload has the type '" + type + "'");
            }
            return new Verdict(signer, name, digest.equals(subject.toString()) ? "" : other(digest));
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.problem("its payload or signature is not valid: " + e.getMessage());
        }
    }

    /** Checks a Sigstore bundle with a statement about a manifest. */
    public Verdict bundle(byte[] bundle, Digest subject) {
        try {
            JsonNode envelope = Documents.object(bundle).path("dsseEnvelope");
            JsonNode signatures = envelope.path("signatures");
            if (!envelope.path("payloadType").asText("").equals(SignedStatement.STATEMENT)
                    || signatures.isEmpty()
                    || signatures.size() > MOST_SIGNATURES) {
                return Verdict.problem("its bundle has no envelope with a signed statement");
            }
            byte[] payload = decoded(envelope.path("payload").asText(""));
            byte[] message = SignedStatement.preAuthenticated(payload);
            for (JsonNode signature : signatures) {
                Optional<PublicKey> signer =
                        signer(message, decoded(signature.path("sig").asText("")));
                if (signer.isPresent()) {
                    return statement(Documents.object(payload), signer, subject);
                }
            }
            return Verdict.problem("signed by another key");
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.problem("its bundle is not valid: " + e.getMessage());
        }
    }

    private static Verdict statement(JsonNode statement, Optional<PublicKey> signer, Digest subject) {
        String predicate = statement.path("predicateType").asText("");
        if (!statement.path("_type").asText("").startsWith(STATEMENT_TYPE)) {
            return new Verdict(signer, predicate, "its payload is not an in-toto statement");
        }
        for (JsonNode one : statement.path("subject")) {
            if (one.path("digest").path(subject.algorithm()).asText("").equals(subject.hex())) {
                return new Verdict(signer, predicate, "");
            }
        }
        JsonNode first = statement.path("subject").path(0).path("digest");
        return new Verdict(
                signer, predicate, other("sha256:" + first.path("sha256").asText("")));
    }

    private static String other(String digest) {
        return "it signs another image, " + digest;
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<PublicKey> signer(byte[] message, byte[] signature) {
        return keys.stream().filter(key -> isBy(key, message, signature)).findFirst();
    }

    private static boolean isBy(PublicKey key, byte[] message, byte[] signature) {
        return algorithms(key).stream().anyMatch(algorithm -> isBy(key, algorithm, message, signature));
    }

    private static boolean isBy(PublicKey key, String algorithm, byte[] message, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(key);
            verifying.update(message);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // The signature has another form, so it was made by a key of another kind.
        }
    }

    /** {@return the algorithms that signers use with a key} With a larger curve, cosign uses a larger digest, too. */
    private static List<String> algorithms(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return List.of("SHA256withRSA");
        }
        return key instanceof ECPublicKey
                ? List.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA")
                : List.of("Ed25519");
    }
}
