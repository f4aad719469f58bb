package io.sealos.images.internal.finder;

import java.util.List;

/** Decides whether a field {@code name} is the last part of an image, which it is only beside other parts. */
final class NameParts {
    private static final List<String> NAMES = List.of("name", "path", "url", "uri");

    private NameParts() {}

    /** {@return the name; an empty string if it names something else} */
    static String of(VisitedMapping mapping, String registry, String repository) {
        String name = Words.endsWith(mapping.path().lastKey(), "image") && repository.isEmpty()
                ? NAMES.stream()
                        .map(mapping.node()::textOf)
                        .filter(it -> !it.isEmpty())
                        .findFirst()
                        .orElse("")
                : mapping.node().textOf("name");
        boolean path = repository.indexOf('/') >= 0;
        boolean image = Words.endsWith(mapping.path().lastKey(), "image");
        boolean mayBe;
        if (repository.isEmpty()) {
            mayBe = image || (SplitImage.isHost(registry) && isTagged(mapping));
        } else if (path) {
            mayBe = image && !registry.isEmpty() && !repository.endsWith("/" + name);
        } else {
            mayBe = image || !registry.isEmpty() || isInImages(mapping);
        }
        return mayBe ? name : "";
    }

    private static boolean isTagged(VisitedMapping mapping) {
        return !mapping.node().textOf("tag").isEmpty()
                || !mapping.node().textOf("digest").isEmpty();
    }

    /** {@return whether the parent mapping has images by name} */
    static boolean isInImages(VisitedMapping mapping) {
        VisitedMapping around = mapping.parent();
        return around != null && Words.endsWith(around.path().lastKey(), "images");
    }
}
