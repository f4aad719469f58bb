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
 * Where <a href="https://github.com/labring/sealos">sealos</a> saves an image of its list in {@code registry/}, and
 * what image-cri-shim on a node asks the site's registry for when a Pod names that image. The two can differ, and then
 * the image is there and is not found. Immutable and thread-safe.
 *
 * <p>The registry's host does not count on either side. Of a tag and a digest the tag is dropped where the image is
 * saved; a node asks for the digest first, then for the tag.
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

    /** Without the store that stands in brackets before a name. */
    private static String withoutStore(String name) {
        int end = name.startsWith("[") ? name.indexOf(']') : -1;
        return name.substring(end + 1);
    }

    /**
     * {@return the place of an image of the list}
     *
     * @param image a name as {@link SealosCompat#images()} has it: a reference, or one with {@code containers-storage:}
     *     or {@code docker-daemon:} before it
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
                .orElseGet(() -> refused(image, "is no image reference", image));
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
        // The name is taken for a path on the registry that sealos starts, whatever it begins with.
        Optional<ImageReference> target = parse("registry.local:5000/" + named);
        return target.filter(it -> it.digest().isEmpty())
                .map(it -> saved(line, it.repository(), it.tag().orElse("latest"), asked))
                .orElseGet(() -> refused(line, "has no name for the registry after the @", asked));
    }

    /** An image of an engine on the machine. Its name keeps the host, which sealos knows by its dot or colon only. */
    private static SealosPlace local(String image, String named, boolean tagImplied) {
        Optional<ImageReference> parsed = SealosName.listed(named).flatMap(it -> parse(named));
        if (parsed.isEmpty()
                || (!tagImplied
                        && parsed.get().tag().isEmpty() == parsed.get().digest().isEmpty())) {
            return refused(image, "is no reference to an image with a tag or digest", named);
        }
        ImageReference reference = parsed.get().withDefaultTag();
        boolean both = reference.tag().isPresent() && reference.digest().isPresent();
        if (both || reference.registry().equals("localhost")) {
            return refused(
                    image,
                    both
                            ? "has a tag and a digest, which sealos cannot write both"
                            : "has the host localhost, which sealos takes for no host and leaves nothing of the name",
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

    /** {@return the image as it was asked about} */
    public String image() {
        return image;
    }

    /** {@return why sealos refuses to save the image, which ends its build; empty where it saves it} */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * {@return the repository in {@code registry/}, such as {@code library/nginx}; empty where the image is refused}
     */
    public Optional<String> repository() {
        return Optional.ofNullable(repository);
    }

    /** {@return the tag, or the digest, in the repository; empty where the image is refused} */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /**
     * {@return the directory of the tag or revision below {@code registry/}; empty where the image is refused} It has
     * slashes on every system.
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
     * {@return what a node asks the site's registry for, in this order until it gets one, such as
     * {@code /v2/library/nginx/manifests/1.25}} Empty where the node takes the name for none, and asks the host that
     * the name says.
     */
    public List<String> asked() {
        return asked;
    }

    /** {@return whether the saved image is among those that a node asks for} */
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

    /** {@return image and place, or the reason, in one line} */
    @Override
    public String toString() {
        return image + (refusal == null ? " -> " + repository + " " + reference : " " + refusal);
    }
}
