package io.sealos.oci.internal.trust.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.trust.sign.SignedStatement;
import io.sealos.oci.internal.trust.sign.SimpleSigning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks signatures with public keys, from the bytes of their documents. The content of a document is only believed
 * after its signature was verified.
 */
public final class SignatureCheck {
    /** The statement of a signature that signs the bytes of a manifest instead of a statement about it. */
    public static final String MESSAGE = "message signature";

    private static final String OTHER_KEY = "signed by another key";
    private static final int MOST_SIGNATURES = 100;
    private static final int MOST_SUBJECTS = 10_000;
    private static final Set<String> STATEMENT_TYPES =
            Set.of("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1");
    private static final Set<String> BUNDLES =
            Set.of(SignedStatement.BUNDLE, "application/vnd.dev.sigstore.bundle+json;version=0.3");

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
                return Verdict.problem(OTHER_KEY);
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

    /** Gives the bytes of the manifest to which a bundle is attached, which have its digest. */
    @FunctionalInterface
    public interface Manifest {
        /** {@return the bytes} */
        byte[] bytes() throws IOException;
    }

    /**
     * Checks a Sigstore bundle with a statement about a manifest, or with a signature of its bytes.
     *
     * @param manifest the manifest, which is only read for a signature of its bytes
     */
    public Verdict bundle(byte[] bundle, Digest subject, Manifest manifest) {
        try {
            JsonNode document = Documents.object(bundle);
            String type = document.path("mediaType").asText("");
            if (!BUNDLES.contains(type)) {
                return Verdict.problem("its bundle has the type '" + type + "'");
            }
            if (document.has("dsseEnvelope") == document.has("messageSignature")) {
                return Verdict.problem("its bundle has not exactly one content");
            }
            return document.has("messageSignature")
                    ? message(document.path("messageSignature"), manifest)
                    : envelope(document.path("dsseEnvelope"), subject);
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.problem("its bundle is not valid: " + e.getMessage());
        }
    }

    private Verdict message(JsonNode signed, Manifest manifest) throws IOException {
        byte[] signature = decoded(signed.path("signature").asText(""));
        Optional<PublicKey> signer = signer(manifest.bytes(), signature);
        return signer.isPresent() ? new Verdict(signer, MESSAGE, "") : Verdict.problem(OTHER_KEY);
    }

    private Verdict envelope(JsonNode envelope, Digest subject) throws IOException {
        JsonNode signatures = envelope.path("signatures");
        if (!envelope.path("payloadType").asText("").equals(SignedStatement.STATEMENT)
                || !signatures.isArray()
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
        return Verdict.problem(OTHER_KEY);
    }

    private static Verdict statement(JsonNode statement, Optional<PublicKey> signer, Digest subject) {
        String predicate = statement.path("predicateType").asText("");
        if (!STATEMENT_TYPES.contains(statement.path("_type").asText(""))) {
            return new Verdict(signer, predicate, "its payload is not an in-toto statement");
        }
        if (statement.path("subject").size() > MOST_SUBJECTS) {
            return new Verdict(signer, predicate, "its statement has more than " + MOST_SUBJECTS + " subjects");
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
        return keys.stream()
                .filter(key -> KeyCheck.isBy(key, message, signature))
                .findFirst();
    }
}
