package io.sealos.images.internal.sealos;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How sealos names an image of manifests and charts: normalised, and without the digest where there is a tag. */
public final class SealosName {
    private static final int LONGEST = 255;
    /** A digest that sealos knows and that no registry in use serves. */
    private static final Pattern SHA384 = Pattern.compile("([^@]*)(@sha384:[0-9a-f]{96})");

    private SealosName() {}

    /**
     * {@return the name as it stands in the list of sealos, or nothing where the text is none to it} It reads names by
     * an older edition of Docker's grammar than {@link ImageReference}: no IPv6 address, no host that only its
     * upper-case letters tell from a path, and 255 characters for host and path together.
     */
    public static Optional<String> listed(String text) {
        Matcher other = SHA384.matcher(text);
        boolean matches = other.matches();
        try {
            ImageReference reference = ImageReference.parse(matches ? other.group(1) : text);
            String digest = matches && reference.tag().isEmpty() ? other.group(2) : "";
            return isHost(reference.registry()) && reference.name().length() <= LONGEST
                    ? Optional.of(of(reference) + digest)
                    : Optional.empty();
        } catch (ImageReferenceException e) {
            // No name to sealos either.
            return Optional.empty();
        }
    }

    private static boolean isHost(String registry) {
        boolean told = registry.indexOf('.') >= 0 || registry.indexOf(':') >= 0 || registry.equals("localhost");
        return told && !registry.startsWith("[");
    }

    /** The name as it stands in the list of sealos. */
    public static String of(ImageReference reference) {
        return reference
                .tag()
                .map(tag -> reference.name() + ":" + tag)
                .orElseGet(() -> reference.name()
                        + reference.digest().map(it -> "@" + it).orElse(""));
    }

    /** {@return the place in which sealos stores the image; no tag means latest} */
    public static String place(ImageReference reference) {
        return of(reference.withDefaultTag());
    }
}
