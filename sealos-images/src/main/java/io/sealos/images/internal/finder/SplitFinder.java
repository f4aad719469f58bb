package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** References that are split into sibling fields: repository, name and tag, version or digest. */
final class SplitFinder implements ImageFinder {
    private static final List<String> TAGS = List.of("tag", "imageTag", "image_tag", "version", "digest", "sha");
    private static final List<String> REGISTRIES = List.of("registry", "imageRegistry", "hub");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        if (site.kind() == ObjectKind.CORE) {
            return;
        }
        boolean belowHub = isBelowHub(site);
        YamlNode last = belowHub ? site.node().get("image") : suffixNode(site.node());
        String name = name(site);
        if (name.isEmpty() || last == null) {
            return;
        }
        String text = name + suffix(belowHub ? site.inherited("tag") : last.text());
        ImageText.pinned(text)
                .ifPresent(it ->
                        found.accept(Sighting.at(last, site.path().toString(), it, Confidence.LIKELY, "split-fields")));
    }

    /** Whether the mapping has a name and a tag in fields of its own. */
    static boolean isSplit(Site site) {
        return (suffixNode(site.node()) != null && !ownName(site.node()).isEmpty()) || isBelowHub(site);
    }

    /** As in Istio: {@code hub} and {@code tag} once, and below them images by their last word. */
    private static boolean isBelowHub(Site site) {
        String image = site.node().textOf("image");
        return !image.isEmpty()
                && image.indexOf('/') < 0
                && image.indexOf(':') < 0
                && !site.inherited("hub").isEmpty()
                && !site.inherited("tag").isEmpty();
    }

    private static String name(Site site) {
        if (isBelowHub(site)) {
            return ImageText.reference(site.node().textOf("image")).isEmpty()
                    ? ""
                    : site.inherited("hub") + "/" + site.node().textOf("image");
        }
        return suffixNode(site.node()) == null ? "" : ownName(site.node());
    }

    private static String ownName(YamlNode node) {
        String repository = node.textOf("repository");
        String image = node.textOf("image");
        boolean whole = ImageText.pinned(image).isPresent() && image.indexOf(':') > 0;
        if (whole || (repository.isEmpty() && image.isEmpty())) {
            return "";
        }
        String registry = firstText(node, REGISTRIES);
        String path = image.isEmpty() || repository.isEmpty() ? repository + image : repository + "/" + image;
        return registry.isEmpty() ? path : registry + "/" + path;
    }

    private static @Nullable YamlNode suffixNode(YamlNode node) {
        for (String key : TAGS) {
            YamlNode value = node.get(key);
            if (value != null && value.isScalar() && !value.text().isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private static String firstText(YamlNode node, List<String> keys) {
        return keys.stream()
                .map(node::textOf)
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String suffix(String tag) {
        return (tag.startsWith("sha256:") ? "@" : ":") + tag;
    }
}
