package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Environment variables, items of {@code env} with a name and a value. */
final class EnvironmentFinder implements ImageFinder {
    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        YamlNode value = site.node().get("value");
        String name = site.node().textOf("name");
        if (value == null
                || !value.isString()
                || name.isEmpty()
                || !site.path().lastKey().equals("env")) {
            return;
        }
        boolean named = name.toUpperCase(Locale.ROOT).contains("IMAGE");
        Optional<ImageReference> image = named ? namedImage(name, value.text()) : ImageText.unmistakable(value.text());
        String path = site.path().key("value").toString();
        image.ifPresent(it -> found.accept(Sighting.at(value, path, it, Confidence.LIKELY, "env")));
        if (image.isEmpty()) {
            ImageText.within(value.text())
                    .forEach(it -> found.accept(Sighting.at(value, path, it, Confidence.LIKELY, "env")));
        }
    }

    /** Without a tag only a name that says it is nothing but an image is believed. */
    private static Optional<ImageReference> namedImage(String name, String value) {
        boolean surely = name.startsWith("RELATED_IMAGE_") || name.endsWith("IMAGE");
        return surely && value.indexOf('/') >= 0 ? ImageText.reference(value) : ImageText.pinned(value);
    }
}
