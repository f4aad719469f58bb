package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * An image to save: its name, where it comes from if not from its registry, the repositories under which
 * {@code registry/} has it, and where it was asked for, such as {@code images/shim/nginxImages:3}.
 *
 * @param reference what is asked of the source
 * @param asked the name in the application, which has the digest of a lock only if it was written there
 * @param repositories paths in {@code registry/}, at least one
 */
public record SaveRequest(
        ImageReference reference,
        ImageReference asked,
        Optional<LocalSource> origin,
        List<String> repositories,
        String askedAt) {
    /** From its registry. */
    public static SaveRequest of(ImageReference reference, String askedAt) {
        return of(reference, Optional.empty(), List.of(SiteNames.repository(reference)), askedAt);
    }

    /** From elsewhere, under the name of the reference. */
    public static SaveRequest of(ImageReference reference, LocalSource origin, String askedAt) {
        return of(reference, Optional.of(origin), List.of(SiteNames.repository(reference)), askedAt);
    }

    static SaveRequest of(
            ImageReference reference, Optional<LocalSource> origin, List<String> repositories, String askedAt) {
        return new SaveRequest(reference, reference, origin, List.copyOf(repositories), askedAt);
    }

    /** The same image by a digest that a lock has. */
    public SaveRequest pinned(Digest digest) {
        return new SaveRequest(reference.withDefaultTag().withDigest(digest), asked, origin, repositories, askedAt);
    }

    /** What is saved here under another name that a node finds in the same place. */
    public SaveRequest named(ImageReference name) {
        return of(name, origin, List.of(SiteNames.repository(name)), askedAt);
    }

    /**
     * Whether a node that asks for an image is sent to this one: it asks for repository and tag, not for a registry.
     */
    public boolean answers(ImageReference other) {
        return at(reference.withDefaultTag(), other.withDefaultTag());
    }

    private static boolean at(ImageReference own, ImageReference other) {
        return SiteNames.repository(own).equals(SiteNames.repository(other))
                && own.tag().equals(other.tag())
                && own.digest().equals(other.digest());
    }

    /** Whether another one asks for the same, wherever it stands. */
    boolean isSameAs(SaveRequest other) {
        return new SaveRequest(reference, asked, origin, repositories, other.askedAt).equals(other);
    }

    /** The tag of its link; a name with neither tag nor digest means {@code latest}. */
    public Optional<String> tag() {
        boolean untagged = reference.tag().isEmpty() && reference.digest().isEmpty();
        return untagged ? Optional.of("latest") : reference.tag();
    }

    /** Whether only a digest says which image is meant. */
    public boolean isByDigestAlone() {
        return asked.digest().isPresent() && asked.tag().isEmpty();
    }

    /** What is asked of the source: the digest where there is one. */
    public String wanted() {
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
