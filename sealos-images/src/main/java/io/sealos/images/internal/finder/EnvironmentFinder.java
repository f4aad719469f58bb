package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Environment variables, items of {@code env} with a name and a value, and parameters of tasks and templates. */
final class EnvironmentFinder implements SiteFinder {
    private static final String FINDER = "env";
    private static final List<String> ENVIRONMENTS = List.of("env", "envs", "envvars");
    private static final List<String> PARAMETERS = List.of("params", "parameters");
    /** Such a variable is about images, but its value is none. */
    private static final List<String> NO_IMAGE = List.of(
            "URL",
            "HOST",
            "ADDR",
            "ENDPOINT",
            "SERVICE",
            "SERVER",
            "REGISTRY",
            "PORT",
            "PATH",
            "DIR",
            "POLICY",
            "SECRET");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        String name = site.node().textOf("name");
        if (name.isEmpty()) {
            return;
        }
        String around = site.path().lastKey();
        if (ENVIRONMENTS.stream().anyMatch(it -> Words.endsWith(around, it))) {
            inspect(site, "value", name, found);
        } else if (Words.contains(name, "image") && PARAMETERS.contains(around.toLowerCase(Locale.ROOT))) {
            inspect(site, "value", name, found);
            inspect(site, "default", name, found);
        }
    }

    private static void inspect(Site site, String key, String name, Consumer<Sighting> found) {
        @Nullable YamlNode value = site.node().get(key);
        if (value == null || !value.isString()) {
            return;
        }
        String path = site.path().key(key).toString();
        Optional<ImageReference> image = namedImage(name.toUpperCase(Locale.ROOT), value.text());
        image.ifPresent(it -> found.accept(Sighting.at(value, path, it, Confidence.LIKELY, FINDER)));
        if (image.isEmpty()) {
            ImageText.within(value.text()).forEach(it -> found.accept(Sighting.in(value, path, it, FINDER)));
        }
    }

    /** Without a tag only a name that says it is nothing but an image is believed. */
    private static Optional<ImageReference> namedImage(String name, String value) {
        if (!name.contains("IMAGE") || NO_IMAGE.stream().anyMatch(name::contains)) {
            return Optional.empty();
        }
        boolean surely = name.startsWith("RELATED_IMAGE_") || name.endsWith("IMAGE");
        return surely && value.indexOf('/') >= 0 ? ImageText.reference(value) : ImageText.pinned(value);
    }
}
