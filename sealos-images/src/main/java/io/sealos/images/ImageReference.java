package io.sealos.images;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image, {@code registry/repository:tag@digest}, in the grammar of <a
 * href="https://github.com/distribution/reference">distribution/reference</a> and normalized as by Docker:
 * {@code nginx:1.25} is {@code docker.io/library/nginx:1.25}.
 *
 * <p>The tag and the digest are both optional. A reference that has neither is not changed by parsing;
 * {@link #withDefaultTag()} adds the tag {@code latest}. Equality and order are those of the canonical forms. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImageReference implements Comparable<ImageReference> {
    static final String DOCKER_HUB = "docker.io";
    static final String OFFICIAL = "library/";

    private final String registry;
    private final String repository;
    private final @Nullable String tag;
    private final @Nullable Digest digest;
    private final String canonical;

    ImageReference(String registry, String repository, @Nullable String tag, @Nullable Digest digest) {
        this.registry = registry;
        this.repository = repository;
        this.tag = tag;
        this.digest = digest;
        this.canonical = registry + "/" + repository + suffix(tag, digest);
    }

    /**
     * {@return the reference that a text denotes}
     *
     * @param text a short or a full name, such as {@code nginx}, {@code quay.io/a/b:1} or {@code a/b@sha256:…};
     *     registry and repository have at most 255 characters each
     * @throws ImageReferenceException if the text is not a reference; the exception has the invalid part
     */
    public static ImageReference parse(String text) {
        return new ReferenceParser(Objects.requireNonNull(text, "text")).parse();
    }

    /** {@return the host of the registry with its port, if any, such as {@code docker.io} or {@code localhost:5000}} */
    public String registry() {
        return registry;
    }

    /** {@return the path in the registry, such as {@code library/nginx}} */
    public String repository() {
        return repository;
    }

    /** {@return the tag; empty if the reference has none} */
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /** {@return the digest; empty if the reference has none} */
    public Optional<Digest> digest() {
        return Optional.ofNullable(digest);
    }

    /** {@return the canonical name without tag and digest, such as {@code docker.io/library/nginx}} */
    public String name() {
        return registry + "/" + repository;
    }

    /** {@return the shortest name without tag and digest, as Docker shows it, such as {@code nginx}} */
    public String familiarName() {
        if (!registry.equals(DOCKER_HUB)) {
            return name();
        }
        boolean official = repository.startsWith(OFFICIAL) && repository.indexOf('/', OFFICIAL.length()) < 0;
        return official ? repository.substring(OFFICIAL.length()) : repository;
    }

    /** {@return the shortest name with tag and digest, as Docker shows it, such as {@code nginx:1.25}} */
    public String familiarString() {
        return familiarName() + suffix(tag, digest);
    }

    /**
     * {@return a copy of this reference with the tag {@code latest} if it has neither a tag nor a digest, else this
     * reference}
     */
    public ImageReference withDefaultTag() {
        return tag == null && digest == null ? new ImageReference(registry, repository, "latest", null) : this;
    }

    /**
     * {@return a copy of this reference with a digest, which replaces its own if it has one}
     *
     * @param pinned the digest
     */
    public ImageReference withDigest(Digest pinned) {
        return new ImageReference(registry, repository, tag, pinned);
    }

    private static String suffix(@Nullable String tag, @Nullable Digest digest) {
        return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    @Override
    public int compareTo(ImageReference other) {
        return canonical.compareTo(other.canonical);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageReference that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** {@return the canonical form, such as {@code docker.io/library/nginx:1.25}} */
    @Override
    public String toString() {
        return canonical;
    }
}
