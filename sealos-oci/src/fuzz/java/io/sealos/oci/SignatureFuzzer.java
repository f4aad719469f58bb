package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.trust.check.SignatureCheck;
import io.sealos.oci.trust.SigningKey;
import io.sealos.oci.trust.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;

/** Reads keys, signatures and lists of documents, for Jazzer: nothing may be trusted, and nothing else thrown. */
public final class SignatureFuzzer {
    private static final Digest SUBJECT = Digests.sha256("subject");
    private static final PublicKey KEY = key();

    private SignatureFuzzer() {}

    /** Called by Jazzer: the first byte says what the rest is. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        SignatureCheck check = new SignatureCheck(List.of(KEY));
        switch (input[0] & 3) {
            case 0 -> refuse(check.bundle(content, SUBJECT, () -> content));
            case 1 -> refuse(check.payload(content, new String(content, StandardCharsets.UTF_8), SUBJECT));
            case 2 -> keys(content);
            default -> documents(content);
        }
    }

    private static PublicKey key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refuse(SignatureCheck.Verdict verdict) {
        if (verdict.problem().isEmpty()) {
            throw new AssertionError("trusted");
        }
    }

    private static void keys(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", ".key");
        try {
            Files.write(file, content);
            try {
                SigningKey.read(file, new char[] {'a'});
            } catch (SealosException e) {
                checkText(e.getMessage());
            }
            try {
                VerificationKey.read(file);
            } catch (SealosException e) {
                checkText(e.getMessage());
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void documents(byte[] list) throws IOException {
        Path directory = Files.createTempDirectory("fuzz");
        try {
            HandMadeLayout layout = new HandMadeLayout(directory.resolve("layout"));
            String image = layout.image("application/vnd.oci.image.layer.v1.tar", new byte[1024], SUBJECT);
            layout.store("list", list);
            String annotation = "{\"io.sealos.image.documents\":\"" + Digests.sha256(list) + "\"}";
            layout.index(image.substring(0, image.lastIndexOf('}')) + ",\"annotations\":" + annotation + "}");
            SignatureReport report =
                    SignatureVerifier.verify(OciLayout.directory(layout.directory()), VerificationKey.of(KEY));
            if (report.isSigned()) {
                throw new AssertionError("trusted");
            }
            checkText(report.toString());
        } finally {
            LayoutFuzzer.delete(directory);
        }
    }

    private static void checkText(String text) {
        if (text.indexOf('\u001b') >= 0) {
            throw new AssertionError("a control character in a message");
        }
    }
}
