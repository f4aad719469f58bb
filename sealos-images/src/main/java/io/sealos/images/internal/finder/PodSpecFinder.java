package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The containers of a pod spec, in whatever kind it is nested, and its image volumes. */
final class PodSpecFinder implements SiteFinder {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    private final BiConsumer<Integer, String> problems;

    /** What is told of an image that is no reference: its line, and why. */
    PodSpecFinder(BiConsumer<Integer, String> problems) {
        this.problems = problems;
    }

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        for (String key : CONTAINERS) {
            inspectItems(site, key, "image", found);
        }
        YamlNode image = site.node().get("image");
        if (image != null && image.isMapping() && site.path().lastKey().equals("volumes")) {
            report(site, image.get("reference"), site.path().key("image").key("reference"), found);
        }
    }

    private void inspectItems(Site site, String key, String field, Consumer<Sighting> found) {
        YamlNode list = site.node().get(key);
        if (list == null || !list.isSequence()) {
            return;
        }
        for (int i = 0; i < list.items().size(); i++) {
            report(
                    site,
                    list.items().get(i).get(field),
                    site.path().key(key).index(i).key(field),
                    found);
        }
    }

    private void report(Site site, @Nullable YamlNode image, YamlPath path, Consumer<Sighting> found) {
        if (image == null || !image.isScalar()) {
            return;
        }
        Optional<ImageReference> reference = ImageText.certain(image.text());
        reference.ifPresent(
                it -> found.accept(Sighting.at(image, path.toString(), it, Confidence.CERTAIN, "pod-spec")));
        boolean known = site.kind() == ObjectKind.CORE || site.kind() == ObjectKind.CUSTOM;
        if (reference.isEmpty() && known) {
            ImageText.mistake(image.text())
                    .ifPresent(why -> problems.accept(image.line(), "names an image that cannot be saved: " + why));
        }
    }
}
