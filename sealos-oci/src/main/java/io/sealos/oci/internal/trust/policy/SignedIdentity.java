package io.sealos.oci.internal.trust.policy;

import io.sealos.images.ImageReference;

/**
 * The name that a payload of simple signing must state.
 *
 * @param kind the kind of comparison
 * @param name the name or prefix that the policy gives; empty for the kinds without one
 * @param signedPrefix the prefix of names in payloads, for {@link Kind#REMAP}
 */
public record SignedIdentity(Kind kind, String name, String signedPrefix) {
    /** The default of a policy file. */
    static final SignedIdentity DEFAULT = new SignedIdentity(Kind.REPOSITORY_OF_DIGEST_OR_EXACT, "", "");

    /**
     * The kinds of comparisons, as <a href=
     * "https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md">policy.json</a> names them.
     */
    public enum Kind {
        EXACT("matchExact"),
        REPOSITORY_OF_DIGEST_OR_EXACT("matchRepoDigestOrExact"),
        REPOSITORY("matchRepository"),
        GIVEN("exactReference"),
        GIVEN_REPOSITORY("exactRepository"),
        REMAP("remapIdentity");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** {@return whether a name in a payload is that of an image} */
    public boolean matches(String signed, ImageReference image) {
        ImageReference found;
        try {
            found = ImageReference.parse(signed);
        } catch (IllegalArgumentException e) {
            return false; // Whatever was signed, it is no image.
        }
        return switch (kind) {
            case EXACT -> isExact(found, image);
            case REPOSITORY_OF_DIGEST_OR_EXACT ->
                (image.tag().isEmpty() && image.digest().isPresent())
                        ? found.name().equals(image.name())
                        : isExact(found, image);
            case REPOSITORY -> found.name().equals(image.name());
            case GIVEN -> isExact(found, ImageReference.parse(name));
            case GIVEN_REPOSITORY ->
                found.name().equals(ImageReference.parse(name).name());
            case REMAP ->
                isPrefix(name, image.name())
                        ? DEFAULT.matches(
                                signed,
                                ImageReference.parse(
                                        signedPrefix + image.toString().substring(name.length())))
                        : DEFAULT.matches(signed, image);
        };
    }

    private static boolean isExact(ImageReference found, ImageReference image) {
        ImageReference whole = image.withDefaultTag();
        return found.name().equals(whole.name())
                && found.tag().isPresent()
                && found.tag().equals(whole.tag());
    }

    private static boolean isPrefix(String prefix, String name) {
        return name.equals(prefix) || name.startsWith(prefix + "/");
    }

    @Override
    public String toString() {
        return kind.type() + (name.isEmpty() ? "" : " " + name);
    }
}
