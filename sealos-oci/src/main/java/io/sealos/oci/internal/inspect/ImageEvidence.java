package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.oci.internal.trust.check.SignatureCheck;
import java.util.List;

/**
 * What proves that an image is unchanged: its signatures, and the comparison of its content with its digests.
 *
 * @param names the names of the image
 * @param root the digest of its index or manifest
 * @param manifests the digests of the manifests of its platforms
 * @param seals the signatures and other signed statements
 * @param mismatches the blobs that are missing or do not match
 */
public record ImageEvidence(
        List<String> names, Digest root, List<Digest> manifests, List<Seal> seals, List<String> mismatches) {
    public ImageEvidence {
        names = List.copyOf(names);
        manifests = List.copyOf(manifests);
        seals = List.copyOf(seals);
        mismatches = List.copyOf(mismatches);
    }

    /**
     * A signature.
     *
     * @param subject the digest of the signed manifest
     * @param isBundle whether it is in a Sigstore bundle; otherwise it has the form of simple signing
     * @param verdict the result of its check
     */
    public record Seal(Digest subject, boolean isBundle, SignatureCheck.Verdict verdict) {}
}
