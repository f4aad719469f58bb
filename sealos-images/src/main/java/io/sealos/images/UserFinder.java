package io.sealos.images;

import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.finder.Site;
import io.sealos.images.internal.finder.SiteFinder;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.function.Consumer;

/** Brings a user's finder to each text field of a mapping. */
record UserFinder(ImageFinder finder) implements SiteFinder {
    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        for (YamlNode.Entry entry : site.node().entries()) {
            inspect(site, site.path().key(entry.key()), entry.value(), found);
        }
    }

    private void inspect(Site site, YamlPath path, YamlNode value, Consumer<Sighting> found) {
        if (value.isScalar()) {
            finder.find(new ManifestField(site, path, value))
                    .forEach(it -> found.accept(
                            Sighting.at(value, path.toString(), it, Confidence.CERTAIN, FinderNames.USER)));
        }
        for (int i = 0; i < value.items().size(); i++) {
            if (!value.items().get(i).isMapping()) {
                inspect(site, path.index(i), value.items().get(i), found);
            }
        }
    }
}
