package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;

/** Parts of images that stand further up, once for all images below. */
final class SharedParts {
    private static final List<String> REGISTRIES = List.of("imageRegistry", "registry");
    private static final List<String> TAGS = List.of("tag", "imageTag");
    private static final String HUB = "hub";
    private static final String VERSION = "version";

    private SharedParts() {}

    /** The registry of an image that has none of its own; empty if no one is named. */
    static String registry(Site site) {
        String defaults = defaults(site);
        if (!defaults.isEmpty() || site.kind() == ObjectKind.NONE) {
            return defaults.isEmpty() ? site.inherited(HUB) : defaults;
        }
        for (String key : REGISTRIES) {
            String registry = site.inherited(key);
            if (ImageParts.isHost(registry)) {
                return registry;
            }
        }
        return site.inherited(HUB);
    }

    /** The registry of a list of images that has one beside it for those without. */
    static String registryOfTexts(Site images) {
        String registry = images.parent() == null ? "" : images.parent().node().textOf("imageRegistry");
        return ImageParts.isHost(registry) ? registry : "";
    }

    /** The list of images of k8ssandra has defaults beside it. */
    private static String defaults(Site site) {
        Site images = site.parent();
        Site around = images == null ? null : images.parent();
        YamlNode defaults = around == null || !NameParts.isInImages(site)
                ? null
                : around.node().get("defaults");
        return defaults == null ? "" : defaults.textOf("registry");
    }

    /** The tag of an image that has none of its own; empty if no one is named. */
    static String tag(Site site, ImageParts parts) {
        String image = parts.text(ImagePart.IMAGE);
        boolean word = parts.stem().isEmpty() && !image.isEmpty() && image.indexOf('/') < 0;
        if (word && !registry(site).isEmpty()) {
            return TAGS.stream()
                    .map(site::inherited)
                    .filter(it -> !it.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return parts.stem().equals("base") ? versionAround(site) : "";
    }

    /** The version of a cluster is that of its parts, in TiDB for one; not where the cluster has an image itself. */
    private static String versionAround(Site site) {
        for (Site around = site.parent(); around != null; around = around.parent()) {
            String version = around.node().textOf(VERSION);
            if (!version.isEmpty()) {
                boolean own =
                        around.node().get("image") != null || around.node().get("baseImage") != null;
                return own ? "" : version;
            }
        }
        return "";
    }
}
