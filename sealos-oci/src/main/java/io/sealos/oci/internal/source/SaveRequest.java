package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * A request to save an image.
 *
 * @param reference the reference that is requested from the source
 * @param asked the reference in the application, without the digest of a lock
 * @param source the source; empty for the image's registry
 * @param repositories the repositories in {@code registry/}, at least one
 * @param askedAt the place that requests it, such as {@code images/shim/nginxImages:3}
 * @param isArtifact whether a controller fetches it, so that it needs no platform
 */
public record SaveRequest(
        ImageReference reference,
        ImageReference asked,
        Optional<LocalSource> source,
        List<String> repositories,
        String askedAt,
        boolean isArtifact) {
    /** Creates a request to save an image from its registry. */
    public static SaveRequest of(ImageReference reference, String askedAt) {
        return of(reference, Optional.empty(), List.of(SiteNames.repository(reference)), askedAt);
    }

    /** Creates a request to save an image from another source under the name of the reference. */
    public static SaveRequest of(ImageReference reference, LocalSource source, String askedAt) {
        return of(reference, Optional.of(source), List.of(SiteNames.repository(reference)), askedAt);
    }

    static SaveRequest of(
            ImageReference reference, Optional<LocalSource> source, List<String> repositories, String askedAt) {
        return new SaveRequest(reference, reference, source, List.copyOf(repositories), askedAt, false);
    }

    /** Returns this request for an artifact that controllers fetch. */
    public SaveRequest asArtifact(String place) {
        return new SaveRequest(reference, asked, source, repositories, place, true);
    }

    /** Returns this request for the digest that a lock has. */
    public SaveRequest pinned(Digest digest) {
        ImageReference pinned = reference.withDefaultTag().withDigest(digest);
        return new SaveRequest(pinned, asked, source, repositories, askedAt, isArtifact);
    }

    /** Returns this request with another name, which has the same path in {@code registry/}. */
    public SaveRequest named(ImageReference name) {
        return of(name, source, List.of(SiteNames.repository(name)), askedAt);
    }

    /**
     * Returns whether a node that requests another image gets this one, because it requests the repository and tag
     * without the registry.
     */
    public boolean answers(ImageReference other) {
        return at(reference.withDefaultTag(), other.withDefaultTag());
    }

    private static boolean at(ImageReference own, ImageReference other) {
        return SiteNames.repository(own).equals(SiteNames.repository(other))
                && own.tag().equals(other.tag())
                && own.digest().equals(other.digest());
    }

    /** Returns whether another request is for the same image, possibly from another place. */
    boolean isSameAs(SaveRequest other) {
        return new SaveRequest(reference, asked, source, repositories, other.askedAt, isArtifact).equals(other);
    }

    /** Returns the tag in {@code registry/}, which is {@code latest} for a reference with neither tag nor digest. */
    public Optional<String> tag() {
        boolean untagged = reference.tag().isEmpty() && reference.digest().isEmpty();
        return untagged ? Optional.of("latest") : reference.tag();
    }

    /** Returns whether the reference in the application has a digest and no tag. */
    public boolean isByDigestAlone() {
        return asked.digest().isPresent() && asked.tag().isEmpty();
    }

    /** Returns the digest or the tag that is requested from the source. */
    public String wanted() {
        return reference.digest().map(Digest::toString).or(this::tag).orElseThrow();
    }

    /** Returns the name with its tag at the registry. */
    String taggedName() {
        return siblingName(tag().orElse(""));
    }

    /** Returns the name of another tag of the repository. */
    String siblingName(String tag) {
        return reference.registry() + "/" + reference.repository() + ":" + tag;
    }
}
