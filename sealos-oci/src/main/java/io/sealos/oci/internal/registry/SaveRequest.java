package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.util.Optional;

/**
 * An image to save: its name, where it comes from if not from its registry, the path under which {@code registry/} has
 * it, and where it was asked for, such as {@code images/shim/nginxImages:3}.
 */
public record SaveRequest(
        ImageReference reference, Optional<LocalOrigin> origin, String repositoryPath, String askedAt) {
    /** From its registry. */
    public static SaveRequest of(ImageReference reference, String askedAt) {
        return new SaveRequest(reference, Optional.empty(), reference.repository(), askedAt);
    }

    /** From elsewhere, under the name of the reference. */
    public static SaveRequest of(ImageReference reference, LocalOrigin origin, String askedAt) {
        return new SaveRequest(reference, Optional.of(origin), reference.repository(), askedAt);
    }

    /** What is saved here under another name that a node finds in the same place. */
    public SaveRequest named(ImageReference name) {
        return new SaveRequest(name, origin, name.repository(), askedAt);
    }

    /**
     * Whether a node that asks for an image is sent to this one: it asks for repository and tag, not for a registry.
     */
    public boolean answers(ImageReference asked) {
        ImageReference own = reference.withDefaultTag();
        ImageReference other = asked.withDefaultTag();
        return own.repository().equals(other.repository())
                && own.tag().equals(other.tag())
                && own.digest().equals(other.digest());
    }

    /** Whether another one asks for the same, wherever it stands. */
    boolean isSameAs(SaveRequest other) {
        return new SaveRequest(reference, origin, repositoryPath, other.askedAt).equals(other);
    }

    /** The tag of its link; a name with neither tag nor digest means {@code latest}. */
    Optional<String> tag() {
        boolean untagged = reference.tag().isEmpty() && reference.digest().isEmpty();
        return untagged ? Optional.of("latest") : reference.tag();
    }

    /** What is asked of the source: the digest where there is one. */
    String wanted() {
        return reference.digest().map(Digest::toString).or(this::tag).orElseThrow();
    }

    /** The name as its registry calls it, with the tag that is meant. */
    String taggedName() {
        return siblingName(tag().orElse(""));
    }

    /** The same repository with another tag. */
    String siblingName(String tag) {
        return reference.registry() + "/" + reference.repository() + ":" + tag;
    }
}
