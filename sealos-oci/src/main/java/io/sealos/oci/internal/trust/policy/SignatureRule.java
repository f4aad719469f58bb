package io.sealos.oci.internal.trust.policy;

import io.sealos.oci.trust.VerificationKey;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule for images.
 *
 * @param kind the kind
 * @param keys the keys, one of which must have signed; empty unless a signature is demanded
 * @param identity the name that a payload must state; empty if any signature counts
 */
public record SignatureRule(Kind kind, List<VerificationKey> keys, Optional<SignedIdentity> identity) {
    /** No signature is needed. */
    public static final SignatureRule ACCEPTED = new SignatureRule(Kind.ACCEPT, List.of(), Optional.empty());
    /** The policy refuses the image. */
    public static final SignatureRule REJECTED = new SignatureRule(Kind.REJECT, List.of(), Optional.empty());
    /** The policy has no rule for the image. */
    public static final SignatureRule UNCOVERED = new SignatureRule(Kind.UNCOVERED, List.of(), Optional.empty());

    /** The kinds of rules. */
    public enum Kind {
        ACCEPT,
        REJECT,
        UNCOVERED,
        SIGNED
    }

    public SignatureRule {
        keys = List.copyOf(new LinkedHashSet<>(keys));
    }

    /** {@return a rule that demands a signature of any form} */
    public static SignatureRule signed(List<VerificationKey> keys) {
        return new SignatureRule(Kind.SIGNED, keys, Optional.empty());
    }

    /** {@return a rule that demands simple signing, with a name in the payload} */
    static SignatureRule signed(List<VerificationKey> keys, SignedIdentity identity) {
        return new SignatureRule(Kind.SIGNED, keys, Optional.of(identity));
    }

    /** {@return the public keys} */
    public List<PublicKey> publicKeys() {
        return keys.stream().map(VerificationKey::publicKey).toList();
    }

    /** {@return the keys for messages} */
    public String keysText() {
        return keys.stream().map(VerificationKey::toString).collect(Collectors.joining(" or "));
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ACCEPT -> "accepted";
            case REJECT -> "rejected";
            case UNCOVERED -> "uncovered";
            case SIGNED ->
                "signed by " + keysText() + identity.map(name -> ", " + name).orElse("");
        };
    }
}
