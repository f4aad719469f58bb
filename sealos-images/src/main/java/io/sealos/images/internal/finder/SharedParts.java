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
    static String registry(VisitedMapping mapping) {
        String defaults = defaults(mapping);
        if (!defaults.isEmpty() || mapping.kind() == ObjectKind.NONE) {
            return defaults.isEmpty() ? mapping.inherited(HUB) : defaults;
        }
        for (String key : REGISTRIES) {
            String registry = mapping.inherited(key);
            if (SplitImage.isHost(registry)) {
                return registry;
            }
        }
        return mapping.inherited(HUB);
    }

    /** The registry of a list of images that has one beside it for those without. */
    static String registryOfTexts(VisitedMapping images) {
        String registry = images.parent() == null ? "" : images.parent().node().textOf("imageRegistry");
        return SplitImage.isHost(registry) ? registry : "";
    }

    /** The list of images of k8ssandra has defaults beside it. */
    private static String defaults(VisitedMapping mapping) {
        VisitedMapping images = mapping.parent();
        VisitedMapping around = images == null ? null : images.parent();
        YamlNode defaults = around == null || !NameParts.isInImages(mapping)
                ? null
                : around.node().get("defaults");
        return defaults == null ? "" : defaults.textOf("registry");
    }

    /** The tag of an image that has none of its own; empty if no one is named. */
    static String tag(VisitedMapping mapping, SplitImage parts) {
        String image = parts.text(ImagePart.IMAGE);
        boolean word = parts.stem().isEmpty() && !image.isEmpty() && image.indexOf('/') < 0;
        if (word && !registry(mapping).isEmpty()) {
            return TAGS.stream()
                    .map(mapping::inherited)
                    .filter(it -> !it.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return parts.stem().equals("base") ? versionAround(mapping) : "";
    }

    /** The version of a cluster is that of its parts, in TiDB for one; not where the cluster has an image itself. */
    private static String versionAround(VisitedMapping mapping) {
        for (VisitedMapping around = mapping.parent(); around != null; around = around.parent()) {
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
