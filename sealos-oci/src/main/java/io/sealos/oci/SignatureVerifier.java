package io.sealos.oci;

import io.sealos.internal.text.FileFailures;
import io.sealos.oci.internal.inspect.ImageEvidence;
import io.sealos.oci.internal.trust.check.SignatureCheck;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.trust.VerificationKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Verifies an image at a site without a network: who has signed it, and that nothing was changed. The signatures lie in
 * the layout or archive, as {@link ClusterImageBuilder ClusterImageBuilder.sign} writes them.
 *
 * <pre>{@code
 * VerificationKey key = VerificationKey.read(Path.of("cosign.pub"));
 * SignatureVerifier.verify(OciLayout.archive(Path.of("app.tar")), key).orThrow();
 * }</pre>
 *
 * <p>A signature is that of a digest. The names of an image in a layout are not signed, so an older image may have got
 * the name of a newer one; compare {@link SignatureReport#digest()} with the digest that is expected. Transparency logs
 * and certificates are not read. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SignatureVerifier {
    private SignatureVerifier() {}

    /**
     * Verifies the only image of a layout.
     *
     * @param layout the layout or archive, which may be in parts
     * @param keys the keys that are trusted; at least one
     * @return the report, which says whether the image is signed
     * @throws IllegalArgumentException if there is no key
     * @throws ImageChoiceException if the layout has several images, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the layout cannot be read
     */
    public static SignatureReport verify(OciLayout layout, VerificationKey... keys) throws IOException {
        return verify(layout, ImageChoice.any(), List.of(Objects.requireNonNull(keys, "keys")));
    }

    /**
     * Verifies an image of a layout. All blobs of all its platforms in the layout are read, and compared with the
     * digests in the manifests, these with the digest of the index, and that with the signatures. Signatures are
     * bundles and images of simple signing, by keys of the kinds EC, RSA (PKCS #1 v1.5 and PSS) and Ed25519.
     * {@link OciLayoutVerifier} also verifies that layers can be unpacked.
     *
     * @param layout the layout or archive, which may be in parts
     * @param choice the choice of one of its images by tag; a platform in it is ignored
     * @param keys the keys that are trusted; at least one
     * @return the report, which says whether the image is signed
     * @throws IllegalArgumentException if there is no key
     * @throws ImageChoiceException if the choice matches several images or none; the exception lists the stored images
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the layout cannot be read
     */
    public static SignatureReport verify(OciLayout layout, ImageChoice choice, Collection<VerificationKey> keys)
            throws IOException {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(choice, "choice");
        List<PublicKey> trusted = Objects.requireNonNull(keys, "keys").stream()
                .map(VerificationKey::publicKey)
                .toList();
        if (trusted.isEmpty()) {
            throw new IllegalArgumentException("there is no key; give the public key of who has signed the image");
        }
        Interruptions.check("signatures were verified");
        try {
            SignatureCheck check = new SignatureCheck(trusted);
            ImageEvidence evidence =
                    FileFailures.explained(layout, () -> layout.open(reader -> reader.evidence(choice, check)));
            return new SignatureReport(layout.toString(), evidence);
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("signatures were verified", e);
        }
    }
}
