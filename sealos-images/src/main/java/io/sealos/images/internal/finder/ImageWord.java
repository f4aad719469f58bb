package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A word of free text that names an image although its context does not say so, because it has a path and a tag or
 * digest and is unlikely to be anything else.
 *
 * @param offset the index of the word in the text
 */
public record ImageWord(ImageReference reference, Confidence confidence, int offset) {
    /** The common tags without a digit. Any other word after a colon may be the name of a port. */
    private static final Set<String> FLOATING_TAGS = Set.of(
            "latest",
            "stable",
            "edge",
            "main",
            "master",
            "nightly",
            "dev",
            "develop",
            "release",
            "lts",
            "alpine",
            "slim",
            "canary",
            "debug",
            "nonroot",
            "distroless",
            "rolling",
            "current",
            "beta",
            "alpha");

    private static final Set<String> TAINT_EFFECTS = Set.of("NoSchedule", "NoExecute", "PreferNoSchedule");
    private static final Pattern FILE = Pattern.compile(
            ".*\\.(go|py|js|ts|java|sh|ya?ml|json|toml|conf|cfg|ini|txt|md|log|html?|png|svg|jpe?g|sock|so|jar|xml)");

    /** {@return the image that a word names for certain or possibly; empty if it names none} */
    static Optional<ImageWord> of(String word, int offset) {
        if (word.indexOf('/') < 0) {
            return Optional.empty();
        }
        return ImageText.pinned(word)
                .filter(ImageWord::canBeImage)
                .filter(it -> isHostSure(word, it))
                .map(it -> new ImageWord(it, confidence(word, it), offset));
    }

    /** {@return this word with the confidence POSSIBLE} */
    ImageWord asPossible() {
        return new ImageWord(reference, Confidence.POSSIBLE, offset);
    }

    private static boolean canBeImage(ImageReference reference) {
        String repository = reference.repository();
        boolean service = repository.endsWith(".svc") || repository.endsWith(".local");
        boolean lettered = repository.chars().anyMatch(Character::isLetter);
        boolean taint = reference.tag().filter(TAINT_EFFECTS::contains).isPresent();
        return lettered && !service && !taint && !FILE.matcher(repository).matches();
    }

    /**
     * {@return whether the part before the first slash is certainly a host} Labels and taints of Kubernetes have names
     * with a slash, and in text a word before a slash is seldom a host.
     */
    private static boolean isHostSure(String word, ImageReference reference) {
        String registry = reference.registry();
        boolean label = registry.endsWith("kubernetes.io") || registry.equals("k8s.io");
        boolean host = registry.indexOf('.') >= 0 || registry.indexOf(':') >= 0 || registry.equals("localhost");
        boolean service = registry.endsWith(".svc") || registry.endsWith(".cluster.local");
        return !label && host && !service && word.charAt(0) != '.';
    }

    /** {@return the confidence of a word} {@code namespace/service:port} looks like an image of Docker Hub. */
    private static Confidence confidence(String word, ImageReference reference) {
        boolean named = SplitImage.hasHost(word) || reference.digest().isPresent();
        String tag = reference.tag().orElse("");
        boolean version = FLOATING_TAGS.contains(tag) || isMixed(tag);
        return named || version ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    /** {@return whether the tag has both digits and other characters} */
    private static boolean isMixed(String tag) {
        long digits = tag.chars().filter(c -> c >= '0' && c <= '9').count();
        return digits > 0 && digits < tag.length();
    }
}
