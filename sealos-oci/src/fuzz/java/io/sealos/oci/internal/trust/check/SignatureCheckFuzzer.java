package io.sealos.oci.internal.trust.check;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.trust.check.SignatureCheck.Verdict;
import io.sealos.oci.internal.trust.sign.PublicKeyText;
import io.sealos.oci.trust.SigningKeyException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Checks signatures and reads keys, for Jazzer. The input is a bundle, a payload that is signed or not, a signature, a
 * statement that is signed, or a public key.
 */
public final class SignatureCheckFuzzer {
    private static final byte[] MANIFEST = {'{', '}'};
    private static final Digest SUBJECT = Digests.sha256(MANIFEST);
    private static final KeyPair PAIR = pair();
    private static final SignatureCheck CHECK = new SignatureCheck(List.<PublicKey>of(PAIR.getPublic()));

    private SignatureCheckFuzzer() {}

    /** Called by Jazzer: the first byte says what the rest is. */
    public static void fuzzerTestOneInput(byte[] input) throws GeneralSecurityException {
        if (input.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] & 7) {
            case 0 -> requireUnsigned(CHECK.bundle(content, SUBJECT, () -> MANIFEST));
            case 1 -> requireUnsigned(
                    CHECK.payload(MANIFEST, new String(content, StandardCharsets.ISO_8859_1), SUBJECT));
            case 2 -> CHECK.payload(content, base64(sign(content)), SUBJECT);
            case 3 -> CHECK.bundle(bundle(content), SUBJECT, () -> MANIFEST);
            default -> readKey(content);
        }
    }

    /** Nothing of the input is signed by the key, so it must not count. */
    private static void requireUnsigned(Verdict verdict) {
        if (verdict.key().isPresent() || verdict.problem().isEmpty()) {
            throw new AssertionError("a signature that nobody made");
        }
    }

    private static byte[] bundle(byte[] statement) throws GeneralSecurityException {
        String type = "application/vnd.in-toto+json";
        byte[] head = ("DSSEv1 " + type.length() + " " + type + " " + statement.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(head, head.length + statement.length);
        System.arraycopy(statement, 0, message, head.length, statement.length);
        return ("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"dsseEnvelope\":{\"payload\":\""
                        + base64(statement) + "\",\"payloadType\":\"" + type + "\",\"signatures\":[{\"sig\":\""
                        + base64(sign(message)) + "\"}]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void readKey(byte[] content) {
        for (String label : List.of("PUBLIC KEY", "CERTIFICATE")) {
            String pem = "-----BEGIN " + label + "-----\n" + base64(content) + "\n-----END " + label + "-----\n";
            parse(pem.getBytes(StandardCharsets.ISO_8859_1));
        }
        parse(content);
    }

    private static void parse(byte[] pem) {
        try {
            PublicKeyText.parse(new String(pem, StandardCharsets.ISO_8859_1), "key");
        } catch (SigningKeyException e) {
            if (String.valueOf(e.getMessage()).indexOf('\u001b') >= 0) {
                throw new AssertionError("a control character in a message", e);
            }
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sign(byte[] message) throws GeneralSecurityException {
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(PAIR.getPrivate());
        signing.update(message);
        return signing.sign();
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
