package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.text.Printable;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A signature that is attached to an image, or another signed statement about it, as {@link SignatureVerifier} found
 * it. Immutable and thread-safe.
 *
 * @param subject the digest of the manifest or index to which it is attached
 * @param form the form of the signature
 * @param key the key that has signed: its kind and the SHA-256 digest of its encoded public key, such as {@code EC key
 *     sha256:…}; empty if it is none of the given keys
 * @param statement what is signed: the name of the image in simple signing, or in a bundle the type of the predicate or
 *     {@code message signature}, if the manifest itself is signed instead of a statement about it
 * @param problem the reason why the signature is not valid; empty for a valid one
 * @since 0.1.0
 */
public record ImageSignature(Digest subject, Form form, Optional<String> key, String statement, String problem) {
    /** The predicate of a statement that an image is signed, and the name of a signature of the manifest itself. */
    private static final Set<String> SIGNATURES = Set.of("https://sigstore.dev/cosign/sign/v1", "message signature");

    /** The forms of signatures. */
    public enum Form {
        /** An image with the tag {@code sha256-HEX.sig}, whose layers are signed payloads. */
        SIMPLE_SIGNING,
        /** A Sigstore bundle that refers to the signed manifest. */
        BUNDLE
    }

    /**
     * Replaces control characters, because the texts come from the image.
     *
     * @param subject the digest of the manifest or index to which it is attached
     * @param form the form of the signature
     * @param key the key that has signed; empty if it is none of the given keys
     * @param statement what is signed
     * @param problem the reason why the signature is not valid; empty for a valid one
     */
    public ImageSignature {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(key, "key");
        statement = Printable.message(statement);
        problem = Printable.message(problem);
    }

    /**
     * {@return whether this is a valid signature of the image} It is false for a valid statement of another kind, such
     * as a signed provenance.
     */
    public boolean isSignature() {
        return problem.isEmpty() && (form == Form.SIMPLE_SIGNING || SIGNATURES.contains(statement));
    }

    /** {@return the signature in one line} */
    @Override
    public String toString() {
        String what = form == Form.BUNDLE ? "bundle" : "simple signing";
        String of = statement.isEmpty() ? "" : " (" + statement + ")";
        String by = key.map(signer -> " by " + signer).orElse("");
        return what + of + " of " + subject + by + (problem.isEmpty() ? "" : ": " + problem);
    }
}
