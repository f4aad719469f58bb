package io.sealos.oci.internal.trust.sign;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import io.sealos.oci.internal.trust.attach.Attachment;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.trust.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * In-toto statements about images, signed in a <a
 * href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md">DSSE</a> envelope in a Sigstore bundle, the
 * form of cosign since its version 3. A bundle has no certificate and no entry of a transparency log.
 */
public final class SignedStatement {
    /** The media type of a bundle, and the type of its artifact. */
    public static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    /** The media type of a statement. */
    public static final String STATEMENT = "application/vnd.in-toto+json";
    /** The predicate of the signature of an image. */
    public static final String SIGNATURE = "https://sigstore.dev/cosign/sign/v1";

    private SignedStatement() {}

    /** {@return the statement that an image is signed} */
    public static byte[] signature(Subject subject) {
        return ArtifactDocuments.object(json -> {
            json.writeStringField("_type", "https://in-toto.io/Statement/v1");
            json.writeArrayFieldStart("subject");
            json.writeStartObject();
            json.writeObjectFieldStart("digest");
            json.writeStringField(subject.digest().algorithm(), subject.digest().hex());
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeStringField("predicateType", SIGNATURE);
            json.writeObjectFieldStart("predicate");
            json.writeEndObject();
        });
    }

    /**
     * {@return the attachment of a signed statement}
     *
     * @param statement the statement
     * @param predicateType the type of its predicate
     */
    public static Attachment sign(byte[] statement, String predicateType, SigningKey key) {
        Map<String, String> annotations = Map.of(
                "dev.sigstore.bundle.content", "dsse-envelope", "dev.sigstore.bundle.predicateType", predicateType);
        return new Attachment(BUNDLE, BUNDLE, bundle(statement, key), annotations);
    }

    private static byte[] bundle(byte[] statement, SigningKey key) {
        Base64.Encoder base64 = Base64.getEncoder();
        byte[] signature = key.sign(preAuthenticated(statement));
        return ArtifactDocuments.object(json -> {
            json.writeStringField("mediaType", BUNDLE);
            json.writeObjectFieldStart("verificationMaterial");
            json.writeObjectFieldStart("publicKey");
            json.writeStringField("hint", hint(key));
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectFieldStart("dsseEnvelope");
            json.writeStringField("payload", base64.encodeToString(statement));
            json.writeStringField("payloadType", STATEMENT);
            json.writeArrayFieldStart("signatures");
            json.writeStartObject();
            json.writeStringField("sig", base64.encodeToString(signature));
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@return the hint by which the public key is found: the SHA-256 of its encoded form in Base64} */
    private static String hint(SigningKey key) {
        String hex = Digests.sha256(key.publicKey().getEncoded()).hex();
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    /** {@return the bytes that are signed: the type and the payload, each with its length} */
    public static byte[] preAuthenticated(byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = "DSSEv1 " + STATEMENT.length() + " " + STATEMENT + " " + payload.length + " ";
        bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }
}
