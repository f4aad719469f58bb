package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The containers of a pod spec, in whatever kind it is nested, and its image volumes. */
final class PodSpecFinder implements ImageFinder {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        for (String key : CONTAINERS) {
            inspectItems(site, key, "image", found);
        }
        YamlNode image = site.node().get("image");
        if (image != null && image.isMapping() && site.path().lastKey().equals("volumes")) {
            report(image.get("reference"), site.path().key("image").key("reference"), found);
        }
    }

    private static void inspectItems(Site site, String key, String field, Consumer<Sighting> found) {
        YamlNode list = site.node().get(key);
        if (list == null || !list.isSequence()) {
            return;
        }
        for (int i = 0; i < list.items().size(); i++) {
            report(list.items().get(i).get(field), site.path().key(key).index(i).key(field), found);
        }
    }

    private static void report(@Nullable YamlNode image, YamlPath path, Consumer<Sighting> found) {
        if (image != null && image.isScalar()) {
            ImageText.reference(image.text())
                    .ifPresent(it ->
                            found.accept(Sighting.at(image, path.toString(), it, Confidence.CERTAIN, "pod-spec")));
        }
    }
}
