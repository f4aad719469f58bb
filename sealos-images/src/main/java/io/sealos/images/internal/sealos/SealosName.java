package io.sealos.images.internal.sealos;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that sealos gives an image of manifests and charts, which is normalized, and has no digest if there is a
 * tag.
 */
public final class SealosName {
    private static final int LONGEST = 255;
    /** A reference with a digest that sealos accepts and no common registry serves. */
    private static final Pattern SHA384 = Pattern.compile("([^@]*)(@sha384:[0-9a-f]{96})");

    private SealosName() {}

    /**
     * {@return the name in the list of sealos; empty if sealos does not accept the text as a name} Sealos uses an older
     * version of Docker's grammar than {@link ImageReference}: it has no IPv6 addresses and no hosts that differ from a
     * path only by upper-case letters, and host and path together have at most 255 characters.
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
            // Sealos does not accept it as a name either.
            return Optional.empty();
        }
    }

    private static boolean isHost(String registry) {
        boolean told = registry.indexOf('.') >= 0 || registry.indexOf(':') >= 0 || registry.equals("localhost");
        return told && !registry.startsWith("[");
    }

    /** {@return the name in the list of sealos} */
    public static String of(ImageReference reference) {
        return reference
                .tag()
                .map(tag -> reference.name() + ":" + tag)
                .orElseGet(() -> reference.name()
                        + reference.digest().map(it -> "@" + it).orElse(""));
    }

    /** {@return the place at which sealos stores the image; no tag means {@code latest}} */
    public static String place(ImageReference reference) {
        return of(reference.withDefaultTag());
    }
}
