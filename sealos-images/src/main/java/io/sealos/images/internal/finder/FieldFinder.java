package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Fields named {@code image}, {@code …Image}, {@code …_image} of kinds that Kubernetes itself does not know. */
final class FieldFinder implements ImageFinder {
    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        if (site.kind() == ObjectKind.CORE || SplitFinder.isSplit(site)) {
            return;
        }
        for (YamlNode.Entry entry : site.node().entries()) {
            if (entry.value().isString() && namesImage(entry.key())) {
                report(site, entry, found);
            }
        }
    }

    static boolean namesImage(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith("image") || lower.endsWith("image_name") || lower.endsWith("imagename");
    }

    private static void report(Site site, YamlNode.Entry entry, Consumer<Sighting> found) {
        Optional<ImageReference> image = ImageText.reference(entry.value().text());
        String path = site.path().key(entry.key()).toString();
        image.ifPresent(
                it -> found.accept(Sighting.at(entry.value(), path, it, confidence(site, entry, it), "image-field")));
    }

    /** A word without path and tag may be the name of something else, unless a custom resource calls it its image. */
    private static Confidence confidence(Site site, YamlNode.Entry entry, ImageReference image) {
        boolean looksSo = ImageText.isPinned(image) || entry.value().text().indexOf('/') >= 0;
        boolean isImage = entry.key().equals("image") && site.kind() == ObjectKind.CUSTOM;
        return looksSo || isImage ? Confidence.LIKELY : Confidence.POSSIBLE;
    }
}
