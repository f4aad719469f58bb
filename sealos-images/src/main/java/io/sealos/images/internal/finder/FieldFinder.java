package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fields named {@code image}, {@code …Image}, {@code …_image}, and what stands below {@code images}, in kinds that
 * Kubernetes itself does not know; annotations of those names in any kind.
 */
final class FieldFinder implements SiteFinder {
    private static final String FINDER = "image-field";
    private static final Set<String> LABELS =
            Set.of("labels", "matchLabels", "nodeSelector", "selector", "commonLabels");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        String around = site.path().lastKey();
        if ((site.kind() == ObjectKind.CORE && !around.equals("annotations")) || LABELS.contains(around)) {
            return;
        }
        boolean belowImages = Words.endsWith(around, "images");
        boolean split = SplitFinder.isSplit(site);
        for (YamlNode.Entry entry : site.node().entries()) {
            YamlNode value = entry.value();
            if (value.isSequence() && namesImages(entry.key())) {
                inspectList(site, entry, found);
            } else if (mayTell(entry.key(), belowImages)
                    && value.isString()
                    && !(split && entry.key().equals("image"))) {
                inspect(site, entry, belowImages, found);
            }
        }
    }

    private static void inspectList(Site site, YamlNode.Entry list, Consumer<Sighting> found) {
        for (int i = 0; i < list.value().items().size(); i++) {
            YamlNode item = list.value().items().get(i);
            YamlPath path = site.path().key(list.key()).index(i);
            if (item.isString()) {
                ImageText.pinned(item.text()).ifPresent(it -> report(item, path, it, Confidence.LIKELY, found));
            }
        }
    }

    private static void inspect(Site site, YamlNode.Entry entry, boolean belowImages, Consumer<Sighting> found) {
        YamlNode value = entry.value();
        YamlPath path = site.path().key(entry.key());
        if (namesImage(entry.key())) {
            ImageText.reference(value.text())
                    .filter(it -> site.kind() != ObjectKind.NONE || isMoreThanWord(value.text()))
                    .ifPresent(it -> report(value, path, it, confidence(site, entry, it), found));
        } else if (belowImages) {
            ImageText.pinned(value.text()).ifPresent(it -> report(value, path, it, Confidence.LIKELY, found));
        } else if (mayNameImage(entry.key()) && value.text().indexOf('/') > 0) {
            ImageText.reference(value.text()).ifPresent(it -> report(value, path, it, Confidence.POSSIBLE, found));
        }
    }

    private static void report(
            YamlNode value, YamlPath path, ImageReference image, Confidence confidence, Consumer<Sighting> found) {
        found.accept(Sighting.at(value, path.toString(), image, confidence, FINDER));
    }

    static boolean namesImage(String key) {
        return Words.endsWith(key, "image") || Words.endsWith(key, "image_name") || Words.endsWith(key, "imagename");
    }

    private static boolean namesImages(String key) {
        return Words.endsWith(key, "images") || Words.endsWith(key, "imagelist") || Words.endsWith(key, "imageslist");
    }

    private static boolean mayNameImage(String key) {
        return Words.contains(key, "imag") && !Words.contains(key, "pull");
    }

    private static boolean mayTell(String key, boolean belowImages) {
        return belowImages || Words.contains(key, "imag");
    }

    private static boolean isMoreThanWord(String text) {
        return text.indexOf('/') >= 0 || text.indexOf(':') >= 0;
    }

    /**
     * A word without path and tag may be the name of something else, unless a custom resource calls it its image; in a
     * ConfigMap a path without tag is a name to compare with, or one that a program adds a tag to.
     */
    private static Confidence confidence(Site site, YamlNode.Entry entry, ImageReference image) {
        String text = entry.value().text();
        boolean word = text.indexOf('.') < 0 && text.chars().anyMatch(Character::isLetter);
        boolean isImage = entry.key().equals("image") && site.kind() == ObjectKind.CUSTOM && word;
        boolean pinnedOnly = site.kind() == ObjectKind.MACHINE || site.kind() == ObjectKind.CONFIG;
        boolean open = pinnedOnly && !ImageText.isPinned(image);
        return (isMoreThanWord(text) || isImage) && !open ? Confidence.LIKELY : Confidence.POSSIBLE;
    }
}
