package io.sealos.images;

import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.finder.VisitedMapping;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.function.Consumer;

/** Calls a custom finder for each text field of a mapping. */
record UserFinder(ImageFinder finder) implements MappingFinder {
    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        for (YamlNode.Entry entry : mapping.node().entries()) {
            inspect(mapping, mapping.path().key(entry.key()), entry.value(), found);
        }
    }

    private void inspect(VisitedMapping mapping, YamlPath path, YamlNode value, Consumer<Sighting> found) {
        if (value.isScalar()) {
            finder.find(new ManifestField(mapping, path, value))
                    .forEach(it -> found.accept(
                            Sighting.at(value, path.toString(), it, Confidence.CERTAIN, FinderNames.USER)));
        }
        for (int i = 0; i < value.items().size(); i++) {
            if (!value.items().get(i).isMapping()) {
                inspect(mapping, path.index(i), value.items().get(i), found);
            }
        }
    }
}
