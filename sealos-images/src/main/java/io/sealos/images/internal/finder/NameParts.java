package io.sealos.images.internal.finder;

import java.util.List;

/** Whether a field {@code name} is the last part of an image, which it is only beside the others. */
final class NameParts {
    private static final List<String> NAMES = List.of("name", "path", "url", "uri");

    private NameParts() {}

    /** The name, or nothing where it names something else. */
    static String of(Site site, String registry, String repository) {
        String name = Words.endsWith(site.path().lastKey(), "image") && repository.isEmpty()
                ? NAMES.stream()
                        .map(site.node()::textOf)
                        .filter(it -> !it.isEmpty())
                        .findFirst()
                        .orElse("")
                : site.node().textOf("name");
        boolean path = repository.indexOf('/') >= 0;
        boolean image = Words.endsWith(site.path().lastKey(), "image");
        boolean mayBe;
        if (repository.isEmpty()) {
            mayBe = image || (ImageParts.isHost(registry) && isTagged(site));
        } else if (path) {
            mayBe = image && !registry.isEmpty() && !repository.endsWith("/" + name);
        } else {
            mayBe = image || !registry.isEmpty() || isInImages(site);
        }
        return mayBe ? name : "";
    }

    private static boolean isTagged(Site site) {
        return !site.node().textOf("tag").isEmpty()
                || !site.node().textOf("digest").isEmpty();
    }

    /** Whether the mapping around is one of images by their names. */
    static boolean isInImages(Site site) {
        Site around = site.parent();
        return around != null && Words.endsWith(around.path().lastKey(), "images");
    }
}
