package io.sealos.images;

import io.sealos.images.internal.sealos.CraneName;
import io.sealos.images.internal.sealos.SealosName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place at which <a href="https://github.com/labring/sealos">sealos</a> saves an image in {@code registry/}, and
 * the addresses at which image-cri-shim on a node requests the image from the registry of the site. If they differ, the
 * image is in the registry but is not found. Immutable and thread-safe.
 *
 * <p>The host of the registry is ignored on both sides. If a reference has both a tag and a digest, the image is saved
 * without the tag; a node requests the digest first, then the tag.
 *
 * @since 0.1.0
 */
public final class SealosPlace {
    private static final String REPOSITORIES = "docker/registry/v2/repositories/";
    private static final String STORAGE = "containers-storage:";
    private static final String DAEMON = "docker-daemon:";

    private final String image;
    private final @Nullable String repository;
    private final @Nullable String reference;
    private final @Nullable String refusal;
    private final List<String> asked;

    private SealosPlace(
            String image,
            @Nullable String repository,
            @Nullable String reference,
            @Nullable String refusal,
            List<String> asked) {
        this.image = image;
        this.repository = repository;
        this.reference = reference;
        this.refusal = refusal;
        this.asked = asked;
    }

    /** {@return the name without the store that is given in brackets before it} */
    private static String withoutStore(String name) {
        int end = name.startsWith("[") ? name.indexOf(']') : -1;
        return name.substring(end + 1);
    }

    /**
     * {@return the place of an image of the list}
     *
     * @param image a name in the form of {@link SealosCompat#images()}: a reference, optionally with the prefix
     *     {@code containers-storage:} or {@code docker-daemon:}
     */
    public static SealosPlace ofImage(String image) {
        if (image.startsWith(STORAGE)) {
            return local(image, withoutStore(image.substring(STORAGE.length())), true);
        }
        if (image.startsWith(DAEMON)) {
            return local(image, image.substring(DAEMON.length()), false);
        }
        Optional<CraneName> name = CraneName.parse(image);
        return name.flatMap(it -> SealosName.listed(it.toString()))
                .map(it -> saved(
                        image,
                        name.orElseThrow().repository(),
                        name.orElseThrow().reference(),
                        image))
                .orElseGet(() -> refused(image, "is not an image reference", image));
    }

    /**
     * {@return the place of an archived image}
     *
     * @param line a line of {@code images/skopeo/tar.txt}, or of {@link SealosCompat#archives()}
     */
    public static SealosPlace ofArchive(String line) {
        String[] parts = line.split("@", -1);
        String named = parts.length < 2 ? "" : parts[1];
        String asked = line.substring(Math.min(line.length(), parts[0].length() + 1));
        // The name is a path in the registry that sealos starts, even if it begins with a host.
        Optional<ImageReference> target = parse("registry.local:5000/" + named);
        return target.filter(it -> it.digest().isEmpty())
                .map(it -> saved(line, it.repository(), it.tag().orElse("latest"), asked))
                .orElseGet(() -> refused(line, "has no name for the registry after the @", asked));
    }

    /**
     * {@return the place of an image from an engine on this machine} Its name keeps the host, which sealos recognizes
     * only by a dot or a colon.
     */
    private static SealosPlace local(String image, String named, boolean tagImplied) {
        Optional<ImageReference> parsed = SealosName.listed(named).flatMap(it -> parse(named));
        if (parsed.isEmpty()
                || (!tagImplied
                        && parsed.get().tag().isEmpty() == parsed.get().digest().isEmpty())) {
            return refused(image, "is not a reference to an image with a tag or digest", named);
        }
        ImageReference reference = parsed.get().withDefaultTag();
        boolean both = reference.tag().isPresent() && reference.digest().isPresent();
        if (both || reference.registry().equals("localhost")) {
            return refused(
                    image,
                    both
                            ? "has a tag and a digest, which sealos cannot write both"
                            : "has the host localhost, which sealos does not treat as a host, so nothing is left of the"
                                    + " name",
                    named);
        }
        String last =
                reference.digest().map(Digest::toString).or(reference::tag).orElse("latest");
        return saved(image, reference.repository(), last, named);
    }

    private static Optional<ImageReference> parse(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (ImageReferenceException e) {
            // It has no place.
            return Optional.empty();
        }
    }

    private static SealosPlace saved(String image, String repository, String reference, String asked) {
        return new SealosPlace(image, repository, reference, null, askedFor(asked));
    }

    private static SealosPlace refused(String image, String reason, String asked) {
        return new SealosPlace(image, null, null, reason, askedFor(asked));
    }

    private static List<String> askedFor(String named) {
        LinkedHashSet<String> manifests = new LinkedHashSet<>();
        Optional<CraneName> name = CraneName.parse(named);
        name.map(SealosPlace::manifest).ifPresent(manifests::add);
        int at = named.indexOf('@');
        name.filter(it -> at >= 0)
                .flatMap(it -> CraneName.parse(named.substring(0, at)))
                .map(SealosPlace::manifest)
                .ifPresent(manifests::add);
        return List.copyOf(new ArrayList<>(manifests));
    }

    private static String manifest(CraneName name) {
        return "/v2/" + name.repository() + "/manifests/" + name.reference();
    }

    /** {@return the image or archive line from which the place was created} */
    public String image() {
        return image;
    }

    /**
     * {@return the reason why sealos refuses to save the image, which ends its build; empty if sealos saves the image}
     */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** {@return the repository in {@code registry/}, such as {@code library/nginx}; empty if the image is refused} */
    public Optional<String> repository() {
        return Optional.ofNullable(repository);
    }

    /** {@return the tag, or the digest, in the repository; empty if the image is refused} */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /**
     * {@return the directory of the tag or revision below {@code registry/}, with slashes on every system; empty if the
     * image is refused}
     */
    public Optional<String> path() {
        return refusal != null ? Optional.empty() : Optional.of(REPOSITORIES + repository + "/_manifests/" + last());
    }

    private String last() {
        String written = String.valueOf(reference);
        int colon = written.indexOf(':');
        return colon < 0
                ? "tags/" + written
                : "revisions/" + written.substring(0, colon) + "/" + written.substring(colon + 1);
    }

    /**
     * {@return the addresses that a node requests from the registry of the site, in this order until a request
     * succeeds, such as {@code /v2/library/nginx/manifests/1.25}} The list is empty if the node does not accept the
     * name, and contacts the host in the name instead.
     */
    public List<String> asked() {
        return asked;
    }

    /** {@return whether a node requests the image at the place at which it is saved} */
    public boolean isAskedFor() {
        return refusal == null && asked.contains("/v2/" + repository + "/manifests/" + reference);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealosPlace place
                && image.equals(place.image)
                && Objects.equals(repository, place.repository)
                && Objects.equals(reference, place.reference)
                && asked.equals(place.asked);
    }

    @Override
    public int hashCode() {
        return image.hashCode();
    }

    /** {@return the image with its place, or with the reason why it is refused, on one line} */
    @Override
    public String toString() {
        return image + (refusal == null ? " -> " + repository + " " + reference : " " + refusal);
    }
}
