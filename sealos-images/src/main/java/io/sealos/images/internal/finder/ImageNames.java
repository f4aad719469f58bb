package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Determines from the name of a variable whether its value is an image. */
final class ImageNames {
    private static final Set<String> IMAGE = Set.of("image", "images");
    /** The words that, after the word image, name another property of images. */
    private static final Set<String> NO_IMAGE = Set.of(
            "url",
            "urls",
            "uri",
            "host",
            "hosts",
            "hostname",
            "addr",
            "address",
            "endpoint",
            "endpoints",
            "service",
            "server",
            "registry",
            "registries",
            "port",
            "path",
            "dir",
            "directory",
            "policy",
            "secret",
            "secrets",
            "proxy",
            "prefix",
            "size",
            "type",
            "format");

    private static final Set<String> TARGETS = Set.of("output", "destination", "dest", "push", "pushed", "built");

    private ImageNames() {}

    /** {@return the image in a variable of this name; empty if there is none} */
    static Optional<ImageReference> image(String name, String value) {
        List<String> words = KeyWords.of(name);
        int last = words.size() - 1;
        while (last >= 0 && !IMAGE.contains(words.get(last))) {
            last--;
        }
        boolean related = words.size() > 2 && words.get(0).equals("related") && IMAGE.contains(words.get(1));
        List<String> behind = words.subList(last + 1, words.size());
        if (last < 0 || (!related && behind.stream().anyMatch(NO_IMAGE::contains))) {
            return Optional.empty();
        }
        // A value without a tag is an image only if the name says so without doubt.
        boolean surely = related || behind.isEmpty();
        if (surely && value.indexOf('/') >= 0) {
            return ImageText.reference(value);
        }
        return ImageText.pinned(value).filter(it -> surely || !ImageText.isPort(value, it));
    }

    /** {@return the confidence that an image in a variable of this name is run, and not built and pushed} */
    static Confidence confidence(String name) {
        return isTarget(name) ? Confidence.POSSIBLE : Confidence.LIKELY;
    }

    /** {@return whether a key or variable names an image that is pushed} */
    static boolean isTarget(String name) {
        return KeyWords.of(name).stream().anyMatch(TARGETS::contains);
    }
}
